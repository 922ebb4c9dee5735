import { expect, test } from 'vitest'
import { holdsUntil, readCodeList } from './code-lists.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (list: 'carc' | 'rarc' | 'icd10cm' | 'fees', text: string, holdsFrom = '2026-03-01') =>
  readCodeList(list, bytes(text), holdsFrom)
const faultsOf = (decision: ReturnType<typeof readCodeList>) =>
  decision.ok ? [] : decision.problem.faults.map(({ path, message }) => `${path}: ${message}`)

test('a list is read with commas or tabs, with or without names of columns, with quoted cells and American days', () => {
  expect(read('carc', '45,"More than, the ""fee""",1/1/1995,\r\nb7,Not certified,,2026-12-31\r\n')).toEqual({
    ok: true,
    value: [
      expect.objectContaining({ code: '45', text: 'More than, the "fee"', from: '1995-01-01', to: null }),
      expect.objectContaining({ code: 'B7', text: 'Not certified', from: null, to: '2026-12-31' }),
    ],
  })
  expect(read('rarc', '\uFEFFText\tCode\nCannot be appealed\tMA130\n')).toMatchObject({
    ok: true,
    value: [{ code: 'MA130', text: 'Cannot be appealed', billable: null }],
  })
})

test('the order file of CMS is read by its places: the long text, and whether a code is billable', () => {
  const line = (order: string, code: string, flag: string, short: string, long: string) =>
    `${order} ${code.padEnd(7)} ${flag} ${short.padEnd(60)} ${long}`
  const file = [line('00001', 'E11', '0', 'Type 2', 'Type 2 diabetes mellitus'), line('00002', 'E119', '1', 'T2', '')]
  expect(read('icd10cm', file.join('\n'))).toMatchObject({
    ok: true,
    value: [
      { code: 'E11', billable: false, text: 'Type 2 diabetes mellitus' },
      { code: 'E119', billable: true, text: 'T2' },
    ],
  })
  expect(faultsOf(read('icd10cm', `${file[0]}\nnonsense`))).toEqual(['line 2: SE is no ICD-10-CM code, such as E11.9.'])
})

test('fees are read in exact cents, of the year of their day alone', () => {
  const head = 'year,mac,locality,code,non facility,facility\n'
  expect(read('fees', `${head}2026,13202,01,99490,66.3,$50`)).toMatchObject({
    ok: true,
    value: [{ code: '99490', area: '13202 01', nonFacilityCents: 6630, facilityCents: 5000 }],
  })
  expect(faultsOf(read('fees', `${head}2025,13202,01,99490,66.30,50\n2026,13202,01,99490,66.305,50`))).toEqual([
    'line 2: 99490 is of the year 2025, not of 2026.',
    'line 3: 99490 has an amount that is none. Write it as 60.49.',
  ])
})

test('each fault has its line and reason, and a file with one fault is not read at all', () => {
  expect(
    faultsOf(read('carc', '45,Fee\nX-1,What\n96,\n45,Again\n1,Ends early,2026-02-01,2026-01-01\n2,Odd,2026-02-30')),
  ).toEqual([
    'line 2: X-1 is no reason code, such as 45.',
    'line 3: 96 has no text.',
    'line 4: 45 stands twice.',
    'line 5: 1 ends before it begins.',
    'line 6: 2 has a day that is none. Write it as 2026-10-01.',
  ])
  expect(read('carc', '\n')).toMatchObject({
    ok: false,
    problem: { message: 'The file has no line. Nothing was kept.' },
  })
  expect(read('carc', 'PK\u0003\u0004')).toMatchObject({ ok: false, problem: { code: 'file_type_mismatch' } })
  expect(read('fees', 'code,text\n99490,Care')).toMatchObject({ ok: false, problem: { code: 'unreadable_file' } })
})

test('diagnoses end with the fiscal year and fees with the calendar year', () => {
  expect(holdsUntil('icd10cm', '2025-10-01')).toBe('2026-09-30')
  expect(holdsUntil('icd10cm', '2026-04-01')).toBe('2026-09-30')
  expect(holdsUntil('fees', '2026-01-01')).toBe('2026-12-31')
  expect(holdsUntil('carc', '2026-03-01')).toBeNull()
})
