import { expect, test } from 'vitest'
import { type DecidedClaim, type DecidedLine, denialsOf } from './denials.ts'

const line = (change: Partial<DecidedLine> = {}): DecidedLine => ({
  lineId: 'l1',
  paidCents: 5847,
  expectedCents: 5847,
  adjustments: [{ group: 'CO', code: '45', amountCents: 3729 }],
  remarks: [],
  ...change,
})
const claim = (lines: DecidedLine[], change: Partial<DecidedClaim> = {}): DecidedClaim => ({
  paidOn: '2026-11-10',
  serviceOn: '2026-10-31',
  paidCents: lines.reduce((sum, one) => sum + one.paidCents, 0),
  expectedCents: 5847,
  adjustments: [],
  remarks: [],
  lines,
  toleranceCents: 1,
  bySupplement: false,
  ...change,
})
const denied = (code: string, group = 'CO') =>
  line({ paidCents: 0, adjustments: [{ group, code, amountCents: 11_186 }] })

test("a supplement owes no more than the patient's share, and no term of Medicare runs against it", () => {
  const share = { bySupplement: true, expectedCents: 1223 }
  expect(denialsOf(claim([{ ...denied('27'), expectedCents: 1223 }], share))).toMatchObject([
    { kind: 'denied', code: '27', amountCents: 1223, appealable: false, deadlineOn: null },
  ])
  expect(denialsOf(claim([line({ paidCents: 1000, expectedCents: 1223 })], share))).toMatchObject([
    { kind: 'underpaid', amountCents: 223, appealable: false, deadlineOn: null },
  ])
})

test.each<[string, DecidedClaim, unknown[]]>([
  ['what is paid right leaves nothing to do', claim([line()]), []],
  ['a cent is let pass', claim([line({ paidCents: 5846 })]), []],
  [
    'a denial that may be appealed has 120 days and five for the mail',
    claim([denied('97')]),
    [['denied', '97', 11_186, true, '2027-03-15', 'biller']],
  ],
  [
    'one without appeal has the filing limit of a new claim',
    claim([denied('24')]),
    [['denied', '24', 11_186, false, '2027-10-31', 'biller']],
  ],
  [
    'a patient who is not covered lies with the front desk',
    claim([denied('27')]),
    [['denied', '27', 11_186, false, '2027-10-31', 'front_desk']],
  ],
  [
    'hospice lies with the provider, who says whether the care was unrelated',
    claim([denied('B9')]),
    [['denied', 'B9', 11_186, true, '2027-03-15', 'provider']],
  ],
  [
    'asked for records, they are due before the appeal is',
    claim([denied('252')]),
    [['denied', '252', 11_186, true, '2026-12-25', 'biller']],
  ],
  [
    'a payment dated before the service: its times run from the service',
    claim([denied('97')], { paidOn: '1998-01-02' }),
    [['denied', '97', 11_186, true, '2027-03-05', 'biller']],
  ],
  [
    'an unprocessable claim has no appeal, whatever its reason',
    claim([denied('97')], { remarks: ['MA130'] }),
    [['denied', '97', 11_186, false, '2027-10-31', 'biller']],
  ],
  [
    'the need is doubted: an appeal with the packet',
    claim([denied('150')]),
    [['denied', '150', 11_186, true, '2027-03-15', 'biller']],
  ],
  [
    'nothing paid and nothing left to the patient is a denial in whatever words',
    claim([denied('45')]),
    [['denied', '45', 11_186, false, '2027-10-31', 'biller']],
  ],
  [
    'a deductible that was expected is none',
    claim([
      line({
        paidCents: 0,
        expectedCents: 0,
        adjustments: [
          { group: 'CO', code: '45', amountCents: 1 },
          { group: 'PR', code: '1', amountCents: 7457 },
        ],
      }),
    ]),
    [],
  ],
  [
    'a deductible that was not expected is too little',
    claim([line({ paidCents: 0, adjustments: [{ group: 'PR', code: '1', amountCents: 7457 }] })]),
    [['underpaid', null, 5847, true, '2027-11-10', 'biller']],
  ],
  [
    'too little may be reopened within a year',
    claim([line({ paidCents: 4678 })]),
    [['underpaid', null, 1169, true, '2027-11-10', 'biller']],
  ],
  [
    'too much is returned within 60 days',
    claim([line({ paidCents: 6431 })]),
    [['overpaid', null, 584, false, '2027-01-09', 'biller']],
  ],
  [
    "a denied line explains its own shortfall, not the other's",
    claim([line(), { ...denied('119'), lineId: 'l2' }]),
    [['denied', '119', 11_186, true, '2027-03-15', 'biller']],
  ],
  [
    'a denial of the whole claim is one',
    claim([line({ paidCents: 11_186, adjustments: [] })], {
      adjustments: [{ group: 'CO', code: '18', amountCents: 11_186 }],
      paidCents: 0,
    }),
    [['denied', '18', 11_186, false, '2027-10-31', 'biller']],
  ],
  ['what was not priced is not judged', claim([line({ expectedCents: null })], { expectedCents: null }), []],
])('%s', (_, decided, expected) => {
  expect(
    denialsOf(decided).map(({ kind, code, amountCents, appealable, deadlineOn, ownerRole }) => [
      kind,
      code,
      amountCents,
      appealable,
      deadlineOn,
      ownerRole,
    ]),
  ).toEqual(expected)
})
