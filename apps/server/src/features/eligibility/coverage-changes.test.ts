import type { CheckFacts } from '@keepwell/contract'
import { expect, test } from 'vitest'
import { changesBetween } from './coverage-changes.ts'

const plain: CheckFacts = {
  partA: { active: 'yes', from: '2017-03-01', to: null },
  partB: { active: 'yes', from: '2017-03-01', to: null },
  medicareAdvantage: [],
  msp: [],
  qmb: 'no',
  deductible: { year: '2026', yearCents: 28_300, leftCents: 0 },
  hospice: [],
  homeHealth: [],
  skilledNursing: [],
  esrd: [],
  diedOn: null,
}
const on = (facts: Partial<CheckFacts>, serviceOn = '2026-11-24') => ({ facts: { ...plain, ...facts }, serviceOn })
const other = (payerName: string | null, from: string, to: string | null = null) => ({
  payerName,
  from,
  to,
  meaning: 'Working aged',
  reference: null,
})
const kinds = (before: ReturnType<typeof on> | null, after: ReturnType<typeof on>) =>
  changesBetween(before, after).map(({ kind, sentence }) => `${kind}: ${sentence}`)

test('the same answer again is no change, and neither is what is left of the deductible', () => {
  const lower = on({ deductible: { year: '2026', yearCents: 28_300, leftCents: 14_000 } })
  expect(changesBetween(on({}, '2026-10-24'), on({}))).toEqual([])
  expect(changesBetween(on({}, '2026-10-24'), lower)).toEqual([])
})

test('the first answer tells what stands in the way of a claim, and nothing where plain Part B stands', () => {
  expect(kinds(null, on({}))).toEqual([])
  expect(kinds(null, on({ partB: { active: 'no', from: null, to: null } }))).toEqual([
    'part_b: Part B is not active any more.',
  ])
  expect(kinds(null, on({ msp: [other('ACME', '2026-01-01')] }))).toEqual([
    'other_primary: ACME pays before Medicare now.',
  ])
})

test('what begins and what ends is told once each, with its name', () => {
  const before = on({ medicareAdvantage: [other('SUMMIT', '2026-01-01')] }, '2026-10-24')
  const after = on({
    medicareAdvantage: [other('SUMMIT', '2026-01-01', '2026-10-31'), other('RIVERVIEW', '2026-11-01')],
    hospice: [{ from: '2026-11-10', to: null }],
  })
  expect(kinds(before, after)).toEqual([
    'medicare_advantage: RIVERVIEW (Medicare Advantage) covers the patient now.',
    'medicare_advantage: SUMMIT (Medicare Advantage) does not cover the patient any more.',
    'hospice: Hospice care has begun.',
  ])
  expect(changesBetween(after, on(after.facts, '2026-12-24'))).toEqual([])
})

test('a stay that was still open when it was told is over when its last day has passed', () => {
  const stay = { homeHealth: [{ from: '2026-09-15', to: '2026-11-13' }] }
  expect(kinds(on(stay, '2026-10-24'), on(stay))).toEqual(['home_health: Home health care is over.'])
})

test('QMB and Part B change only between what is told: unknown is never no', () => {
  expect(kinds(on({ qmb: 'yes' }), on({ qmb: 'unknown' }))).toEqual([])
  expect(kinds(on({ qmb: 'unknown' }), on({ qmb: 'yes' }))).toHaveLength(1)
  expect(kinds(on({ qmb: 'yes' }), on({ qmb: 'no' }))).toHaveLength(1)
  expect(kinds(on({}), on({ partB: { active: 'unknown', from: null, to: null } }))).toEqual([])
})

test('a day of death is told once', () => {
  expect(kinds(on({}), on({ diedOn: '2026-11-02' }))).toEqual(['died: Medicare knows of a day of death.'])
  expect(kinds(on({ diedOn: '2026-11-02' }), on({ diedOn: '2026-11-02' }))).toEqual([])
})
