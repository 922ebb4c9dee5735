import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))
const sample = (name: string) =>
  fileURLToPath(new URL(`../../../../packages/x12/test/fixtures/${name}`, import.meta.url))
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepwell-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function keepwell(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { encoding: 'utf8' })
  return { status, stderr, told: stdout === '' ? null : JSON.parse(stdout) }
}

test('Lena checks two files at once: each has its findings with their places, and one with an error makes the exit code 1', () => {
  const right = sample('835_01_ccm_mixed.edi')
  const wrong = sample('835_17_pr1_pr2.edi')
  const { status, told } = keepwell('x12', 'check', right, wrong, '--json')
  expect(status).toBe(1)
  expect(told.files).toMatchObject([
    { file: right, accepted: true, interchanges: 1, findings: [] },
    {
      file: wrong,
      accepted: false,
      interchanges: 1,
      findings: [
        { level: 1, severity: 'error', code: 'date_invalid', set: '1736', segment: 2, element: 'BPR16', loop: 'ST' },
        { level: 3, severity: 'error', code: 'claim_out_of_balance', segment: 17, element: 'CLP04', loop: '2100' },
      ],
    },
  ])
  expect(keepwell('x12', 'check', right, '--json').status).toBe(0)
})

test('she reads what is in a file, and a PDF among them is refused by its content', () => {
  const pdf = join(folder, 'remittance.x12')
  writeFileSync(pdf, '%PDF-1.7\n')
  const { status, told } = keepwell('x12', 'read', sample('835_01_ccm_mixed.edi'), pdf, '--json')
  expect(status).toBe(1)
  const [remittance, refused] = told.files
  expect(remittance).toMatchObject({
    refused: null,
    delimiters: { element: '*', component: ':', repetition: '^', segment: '~' },
    envelopeErrors: [],
    sets: [
      {
        type: '835',
        control: '0001',
        segments: 105,
        bpr02: '266.56',
        trn02: 'EFT0001',
        sumClp04: '266.56',
        sumPlb: '0',
        plb: [],
        transactionBalances: true,
        postable: true,
      },
    ],
  })
  expect(remittance.sets[0].claims).toHaveLength(7)
  expect(remittance.sets[0].claims[0]).toMatchObject({
    id: 'CCM-2025-12-000001',
    status: '1',
    charge: '92',
    paid: '47.04',
    patientResponsibility: '12',
    payerClaimNumber: '1126005000010',
    adjustments: [],
    remarks: ['MA01'],
    lines: [
      { code: '99490', adjustments: [{ group: 'CO', code: '45', amount: '32' }, { code: '253' }, { group: 'PR' }] },
    ],
    claimBalances: true,
    linesBalance: true,
  })
  expect(refused).toMatchObject({ delimiters: null, sets: [] })
  expect(refused.refused).toContain('a PDF document')
})

test('a file that is not there is wrong use, and so is a day that is none', () => {
  const missing = keepwell('x12', 'check', join(folder, 'nothing.x12'), '--json')
  expect([missing.status, missing.told]).toEqual([2, null])
  expect(missing.stderr).toContain('cannot be read')
  expect(keepwell('x12', 'check', sample('835_01_ccm_mixed.edi'), '--today', '2026-02-30').status).toBe(2)
})

test('a folder among files is wrong use before anything is told, however much there is to tell of the others', () => {
  const many = join(folder, 'many.x12')
  const text = readFileSync(sample('835_01_ccm_mixed.edi'), 'utf8')
  writeFileSync(many, text.replace('CLP*', `${'QQQ*1~\n'.repeat(1_000)}CLP*`))
  for (const command of ['check', 'read']) {
    const { status, told, stderr } = keepwell('x12', command, many, folder, '--json')
    expect([status, told]).toEqual([2, null])
    expect(stderr).toContain(`The file ${folder} cannot be read.`)
  }
})
