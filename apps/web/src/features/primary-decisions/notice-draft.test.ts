import type { PrimaryDecision, PrimaryDecisionView } from '@keepwell/contract'
import { describe, expect, test } from 'vitest'
import { bodyOf, draftOf, leftOf, type NoticeDraft, otherAllowed, whyNotKept } from './notice-draft.ts'

const view: PrimaryDecisionView = {
  patient: { id: 'diaz', name: 'Elena Diaz' },
  month: '2026-10',
  lines: [{ code: '99490', units: 1, serviceOn: '2026-10-31', chargeCents: 11_186 }],
  whyNot: null,
  insurers: [
    { name: 'Harbor Employee Plan', payerId: null, filingCode: null, groupNumber: 'GRP-88', memberId: 'HEP10023' },
  ],
  self: { family: 'Diaz', given: 'Elena' },
  standing: null,
  history: [],
}
const decision: PrimaryDecision = {
  insurer: {
    name: 'Harbor Employee Plan',
    payerId: '60054',
    filingCode: 'CI',
    mspType: '12',
    groupNumber: null,
    relationship: '01',
    insured: { family: 'Diaz', given: 'Marco', memberId: 'HEP10023' },
  },
  decidedOn: '2026-11-02',
  claimNumber: null,
  lines: [
    {
      code: '99490',
      units: 1,
      chargeCents: 11_186,
      allowedCents: 9000,
      paidCents: 5000,
      adjustments: [
        { group: 'CO', code: '45', amountCents: 2186 },
        { group: 'PR', code: '3', amountCents: 4000 },
      ],
    },
  ],
}
const standing = {
  id: 'one',
  decision,
  reason: null,
  by: { id: 'lena', name: 'Lena Weiss' },
  at: '2026-11-03T15:00:00Z',
}
const typed = (change: Partial<NoticeDraft['lines'][number]>): NoticeDraft => {
  const draft = draftOf(view, '2026-11-03')
  return { ...draft, payerId: '60054', mspType: '12', lines: draft.lines.map((line) => ({ ...line, ...change })) }
}

describe('the notice of a first insurer', () => {
  test('begins with what the coverage tells of the insurer, and asks for what would be billed', () => {
    expect(draftOf(view, '2026-11-03')).toMatchObject({
      name: 'Harbor Employee Plan',
      payerId: '',
      groupNumber: 'GRP-88',
      memberId: 'HEP10023',
      family: 'Diaz',
      decidedOn: '2026-11-03',
      lines: [{ code: '99490', chargeCents: 11_186, allowed: '', paid: '' }],
    })
  })

  test('a correction begins with the decision that stands and sends it back as it was', () => {
    const draft = draftOf({ ...view, standing, history: [standing] }, '2026-11-03')
    expect(whyNotKept(draft, true)).toBe('Say why it is corrected.')
    const { lines, ...rest } = decision
    expect(bodyOf({ ...draft, reason: ' The copay was misread. ' })).toEqual({
      ...rest,
      lines: lines.map(({ chargeCents: _, ...line }) => line),
      reason: 'The copay was misread.',
    })
  })

  test('a decision on another number of units is not offered for what would be billed now', () => {
    const lines = [{ ...view.lines[0], code: '99490', units: 2, serviceOn: '2026-10-31', chargeCents: 22_372 }]
    expect(draftOf({ ...view, lines, standing }, '2026-11-03').lines).toMatchObject([{ units: 2, paid: '' }])
  })

  test('says to the cent what is neither paid nor adjusted, and where the allowed amount does not fit', () => {
    const amounts = (paid: string, co: string, pr: string) =>
      typed({
        allowed: '90',
        paid,
        adjustments: [
          { group: 'CO', code: '45', amount: co },
          { group: 'PR', code: '3', amount: pr },
          { group: 'OA', code: '', amount: '' },
        ],
      })
    const states = [
      amounts('50.00', '21.86', '40'),
      amounts('50.00', '21.85', '40'),
      amounts('50.01', '21.86', '40'),
      amounts('50.00', 'abc', '40'),
    ].map((draft) => [draft.lines.map(leftOf), draft.lines.map(otherAllowed), whyNotKept(draft, false)])
    expect(states).toEqual([
      [[0], [null], null],
      [[1], [null], 'A line does not balance yet.'],
      [[-1], [9001], 'A line does not balance yet.'],
      [[null], [null], 'Write every amount as 123.45.'],
    ])
  })

  test('names what is missing of the insurer', () => {
    const draft = draftOf(view, '2026-11-03')
    expect(whyNotKept(draft, false)).toBe('Write the payer id, as the clearinghouse lists the insurer.')
    expect(whyNotKept({ ...draft, payerId: '60054' }, false)).toBe('Choose why Medicare pays second.')
    expect(bodyOf(draft)).toBeNull()
  })
})
