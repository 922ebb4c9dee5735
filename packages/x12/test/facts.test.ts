import { expect, test } from 'vitest'
import { readFile, write999 } from '../src/index.ts'
import { envelope, sample } from './story.ts'

/** The facts of the first set in a text. */
function factsOf(text: string): Readonly<Record<string, unknown>> {
  return readFile('x', text).sets[0] ?? {}
}

test('amounts of a claim and of the payer before are told as they are written', () => {
  const text = sample('837p_01_ccm_primary_and_msp.edi')
    .replace('SVD*60054*60*', 'SVD*60054*60.00*')
    .replace('AMT*D*60~', 'AMT*D*60.0~\nAMT*EAF*020~')
    .replace('CAS*PR*2*20~', 'CAS*PR*2*20.00~')
  const { claims } = factsOf(text)
  expect(claims).toMatchObject([
    { charge: '240', linesCharge: '240' },
    {
      otherPayers: [{ paid: '60.0', patientLeft: '020' }],
      lines: [
        {
          charge: '92',
          decisions: [
            {
              paid: '60.00',
              adjustments: [
                { group: 'CO', code: '45', amount: '12' },
                { group: 'PR', code: '2', amount: '20.00' },
              ],
            },
          ],
        },
      ],
    },
  ])
})

test('so are those of an answer, and the interest of a remittance', () => {
  expect(factsOf(sample('277ca_01_mixed_batch101.edi').replace('AMT*YU*240~', 'AMT*YU*240.00~'))).toMatchObject({
    levels: [{}, { accepted: '240.00' }, { accepted: '240.00' }],
  })
  expect(factsOf(sample('271_01_part_b_ffs_deductible_left.edi').replace('183.5~', '183.50~'))).toMatchObject({
    answers: [{ partBDeductible: { yearAmount: '283', left: '183.50' } }],
  })
  expect(factsOf(sample('835_01_ccm_mixed.edi').replace('SVC*', 'AMT*I*1.20~\nSVC*'))).toMatchObject({
    claims: [{ interest: '1.20' }, ...Array<object>(6).fill({ interest: null })],
  })
})

test('a segment that is called like a part of the language is a segment without meaning', () => {
  const text = sample('277ca_01_mixed_batch101.edi').replace('QTY*90', 'constructor*1~\nAMT*constructor*2~\nQTY*90')
  expect(factsOf(text)).toMatchObject({ type: '277CA', unknownSegments: [{ id: 'constructor' }] })
})

test('a 999 has its own version and that of the group which it answers', () => {
  const text = write999({
    envelope,
    setControl: 1,
    functionalCode: 'HC',
    groupControl: '101',
    version: '005010X222A1',
    sets: [{ type: '837', control: '0001', version: '005010X222A1', code: 'A' }],
  })
  expect(factsOf(text)).toMatchObject({
    type: '999',
    version: '005010X231A1',
    groupVersion: '005010X222A1',
    result: 'accepted',
  })
})
