import fc from 'fast-check'
import type {
  ClaimBatch,
  ClaimLine,
  Delimiters,
  EnvelopeHeader,
  OtherPayer,
  PostalAddress,
  ProfessionalClaim,
  RemittanceClaimToWrite,
  RemittanceLineToWrite,
  RemittanceToWrite,
} from '../src/index.ts'

/** Text as it stands in a file: basic characters, no delimiter of any set below, no blanks at the ends. */
export const word = fc.stringMatching(/^[A-Z][A-Z0-9]{0,9}(?: [A-Z0-9'&,-]{1,8})?$/)
export const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9][0-9]{${length - 1}}$`))
export const day = fc
  .date({ min: new Date('2001-01-01T00:00:00Z'), max: new Date('2039-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const clock = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
const controlNumber = fc.integer({ min: 1, max: 999_999_999 })
export const cents = fc.integer({ min: 1, max: 9_999_999 })

export const delimiters: fc.Arbitrary<Delimiters> = fc.constantFrom(
  { element: '*', component: ':', repetition: '^', segment: '~' },
  { element: '|', component: '>', repetition: '^', segment: '~' },
  { element: '*', component: '<', repetition: '{', segment: '\n' },
  { element: '+', component: ':', repetition: '!', segment: '?' },
)

/** A key that may be absent; `undefined` is never stored. */
function maybe<Key extends string, Value>(key: Key, value: fc.Arbitrary<Value>): fc.Arbitrary<{ [K in Key]?: Value }> {
  return fc.option(value, { nil: undefined }).map((one) => {
    const part: { [K in Key]?: Value } = {}
    if (one !== undefined) part[key] = one
    return part
  })
}

function merged<A extends object, B extends object>(
  left: fc.Arbitrary<A>,
  right: fc.Arbitrary<B>,
): fc.Arbitrary<A & B> {
  return fc.tuple(left, right).map(([one, other]) => ({ ...one, ...other }))
}

export const envelopeHeader: fc.Arbitrary<EnvelopeHeader> = fc.record({
  senderQualifier: fc.constantFrom('ZZ', '27', '30'),
  sender: fc.stringMatching(/^[A-Z0-9]{2,15}$/),
  receiverQualifier: fc.constantFrom('ZZ', '28'),
  receiver: fc.stringMatching(/^[A-Z0-9]{2,15}$/),
  createdOn: day,
  createdAt: clock,
  interchangeControl: controlNumber,
  groupControl: controlNumber,
  usage: fc.constantFrom('P' as const, 'T' as const),
})

const address: fc.Arbitrary<PostalAddress> = merged(
  fc.record({
    street: word,
    city: fc.stringMatching(/^[A-Z]{2,12}$/),
    state: fc.constantFrom('WA', 'OR'),
    zip: fc.oneof(digits(5), digits(9)),
  }),
  maybe('street2', word),
)
const person = merged(
  merged(fc.record({ family: word, given: word }), maybe('middle', word)),
  maybe('suffix', fc.constantFrom('JR', 'SR')),
)
const practitioner = merged(
  merged(person, fc.record({ npi: digits(10) })),
  maybe('taxonomy', fc.constant('207Q00000X')),
)
const adjustment = fc.record({
  group: fc.constantFrom('CO' as const, 'PR' as const, 'OA' as const, 'PI' as const),
  code: fc.stringMatching(/^[1-9][0-9]{0,2}$/),
  amountCents: fc.integer({ min: -99_999, max: 99_999 }),
})

/** Adjustments in the order in which they are printed: group by group. */
function adjustments(most: number, least = 1) {
  return fc
    .array(adjustment, { minLength: least, maxLength: most })
    .map((all) => [...Map.groupBy(all, (one) => one.group).values()].flat())
}

const line: fc.Arbitrary<ClaimLine> = merged(
  merged(
    fc.record({
      code: fc.constantFrom('99490', '99439', '99487', '99489', 'G0506'),
      chargeCents: cents,
      units: fc.integer({ min: 1, max: 9 }),
      pointers: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
      serviceOn: day,
      lineControl: fc.stringMatching(/^[A-Z0-9]{1,12}$/),
    }),
    fc
      .tuple(
        maybe('modifiers', fc.array(fc.stringMatching(/^[A-Z0-9]{2}$/), { minLength: 1, maxLength: 4 })),
        maybe('placeOfService', fc.constantFrom('11', '22')),
        maybe('acceptCents', cents),
      )
      .map(([one, other, third]) => ({ ...one, ...other, ...third })),
  ),
  merged(
    maybe('rendering', practitioner),
    maybe(
      'decisions',
      fc.array(
        merged(
          fc.record({
            payerId: digits(5),
            paidCents: cents,
            code: fc.constant('99490'),
            units: fc.integer({ min: 1, max: 3 }),
            decidedOn: day,
          }),
          merged(maybe('adjustments', adjustments(4)), maybe('patientLeftCents', cents)),
        ),
        { minLength: 1, maxLength: 2 },
      ),
    ),
  ),
)

const otherPayer: fc.Arbitrary<OtherPayer> = merged(
  fc.record({
    sequence: fc.constantFrom('P' as const, 'S' as const, 'T' as const),
    relationship: fc.constantFrom('18', '01'),
    filingCode: fc.constantFrom('CI', 'BL', 'MC'),
    benefitsAssigned: fc.constantFrom('Y' as const, 'N' as const, 'W' as const),
    releaseOfInformation: fc.constantFrom('Y' as const, 'I' as const),
    subscriber: merged(
      merged(person, fc.record({ memberId: fc.stringMatching(/^[A-Z0-9]{2,12}$/) })),
      maybe('address', address),
    ),
    payer: merged(fc.record({ name: word, id: digits(5) }), maybe('address', address)),
  }),
  merged(
    merged(
      merged(maybe('groupNumber', word), maybe('groupName', word)),
      merged(maybe('adjustments', adjustments(4)), maybe('paidCents', cents)),
    ),
    merged(
      merged(maybe('nonCoveredCents', cents), maybe('patientLeftCents', cents)),
      merged(maybe('decidedOn', day), maybe('claimNumber', digits(13))),
    ),
  ),
)

export const claim: fc.Arbitrary<ProfessionalClaim> = merged(
  fc.record({
    claimControl: fc.stringMatching(/^CCM-20[0-9]{2}-[0-9]{2}-[0-9]{6}$/),
    payerSequence: fc.constantFrom('P' as const, 'S' as const, 'T' as const),
    filingCode: fc.constantFrom('MB', '16', 'CI', 'HM'),
    subscriber: merged(
      merged(person, fc.record({ memberId: fc.stringMatching(/^[A-Z0-9]{2,12}$/) })),
      merged(merged(maybe('address', address), maybe('bornOn', day)), maybe('diedOn', day)),
    ).chain((one) =>
      one.bornOn === undefined
        ? fc.constant(one)
        : fc.constantFrom('F' as const, 'M' as const, 'U' as const).map((sex) => ({ ...one, sex })),
    ),
    payer: merged(fc.record({ name: word, id: digits(5) }), maybe('address', address)),
    placeOfService: fc.constantFrom('11', '19', '22'),
    frequency: fc.constantFrom('1' as const, '7' as const, '8' as const),
    assignment: fc.constantFrom('A' as const, 'B' as const, 'C' as const),
    benefitsAssigned: fc.constantFrom('Y' as const, 'N' as const, 'W' as const),
    releaseOfInformation: fc.constantFrom('Y' as const, 'I' as const),
    diagnoses: fc.uniqueArray(fc.stringMatching(/^[A-Z][0-9]{2}[0-9A-Z]{0,4}$/), {
      minLength: 1,
      maxLength: 12,
    }),
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  }),
  merged(
    merged(
      merged(
        merged(
          maybe('rendering', practitioner),
          maybe(
            'referring',
            person.chain((one) => digits(10).map((npi) => ({ ...one, npi }))),
          ),
        ),
        maybe(
          'supervising',
          person.chain((one) => digits(10).map((npi) => ({ ...one, npi }))),
        ),
      ),
      merged(
        maybe('otherPayers', fc.array(otherPayer, { minLength: 1, maxLength: 2 })),
        maybe('facility', merged(fc.record({ name: word, address }), maybe('npi', digits(10)))),
      ),
    ),
    merged(
      merged(
        merged(maybe('originalPayerClaimNumber', digits(13)), maybe('patientPaidCents', cents)),
        merged(maybe('chartNumber', digits(6)), maybe('priorAuthorization', digits(8))),
      ),
      merged(
        merged(maybe('mspType', fc.constantFrom('12', '43')), maybe('groupNumber', word)),
        merged(maybe('delayReason', fc.constantFrom('1', '11')), maybe('patientSignature', fc.constant('P' as const))),
      ),
    ),
  ),
)

const contact = merged(
  fc.record({ name: fc.stringMatching(/^[A-Z]{2,20}$/) }),
  merged(
    maybe('phone', fc.stringMatching(/^[2-9][0-9]{9}$/)),
    maybe('email', fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}\.org$/)),
  ),
)

export const claimBatch: fc.Arbitrary<ClaimBatch> = fc.record({
  envelope: envelopeHeader,
  setControl: fc.integer({ min: 1, max: 999_999_999 }),
  batchId: fc.stringMatching(/^[A-Z0-9]{1,20}$/),
  submitter: fc.record({ name: word, id: fc.stringMatching(/^[A-Z0-9]{2,12}$/), contact }),
  receiver: fc.record({ name: word, id: digits(5) }),
  billing: fc.array(
    fc.record({
      provider: merged(
        fc.record({ organization: word, npi: digits(10), taxId: digits(9), address }),
        merged(
          merged(maybe('taxonomy', fc.constant('207Q00000X')), maybe('payTo', address)),
          maybe('contact', contact),
        ),
      ),
      claims: fc.array(claim, { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
})

/** A line whose paid amount is what the adjustments leave. */
const paidLine: fc.Arbitrary<RemittanceLineToWrite> = fc
  .record({
    code: fc.constantFrom('99490', '99439', '99487'),
    chargeCents: cents,
    unitsPaid: fc.integer({ min: 1, max: 3 }),
    serviceOn: day,
    lineControl: fc.stringMatching(/^[A-Z0-9]{1,12}$/),
    adjustments: adjustments(5, 0),
    remarks: fc.uniqueArray(fc.constantFrom('M86', 'N782', 'N290'), { maxLength: 2 }),
  })
  .map((one) => ({
    ...one,
    paidCents: one.chargeCents - one.adjustments.reduce((sum, part) => sum + part.amountCents, 0),
  }))

const paidClaim: fc.Arbitrary<RemittanceClaimToWrite> = fc
  .record({
    claimControl: fc.stringMatching(/^CCM-20[0-9]{2}-[0-9]{2}-[0-9]{6}$/),
    status: fc.constantFrom('1', '2', '19', '22', '4'),
    filingCode: fc.constant('MB'),
    payerClaimNumber: digits(13),
    patient: fc.record({ family: word, given: word, memberId: fc.stringMatching(/^[A-Z0-9]{2,12}$/) }),
    adjustments: adjustments(2, 0),
    remarks: fc.uniqueArray(fc.constantFrom('MA01', 'MA18', 'MA130'), { maxLength: 3 }),
    lines: fc.array(paidLine, { minLength: 1, maxLength: 4 }),
  })
  .map((one) => {
    const sign = one.status === '22' ? -1 : 1
    const turned = <T extends { amountCents: number }>(parts: readonly T[]): T[] =>
      parts.map((part) => ({ ...part, amountCents: part.amountCents === 0 ? 0 : sign * part.amountCents }))
    const lines = one.lines.map((part) => ({
      ...part,
      chargeCents: sign * part.chargeCents,
      paidCents: part.paidCents === 0 ? 0 : sign * part.paidCents,
      adjustments: turned(part.adjustments),
    }))
    const own = turned(one.adjustments)
    return {
      ...one,
      lines,
      adjustments: own,
      chargeCents: lines.reduce((sum, part) => sum + part.chargeCents, 0),
      paidCents:
        lines.reduce((sum, part) => sum + part.paidCents, 0) - own.reduce((sum, part) => sum + part.amountCents, 0),
    }
  })

/** An 835 that balances in all three ways, reversals and provider adjustments of both signs included. */
export const balancedRemittance: fc.Arbitrary<RemittanceToWrite> = fc
  .record({
    envelope: envelopeHeader,
    setControl: fc.integer({ min: 1, max: 9_999 }),
    method: fc.constantFrom('ACH' as const, 'CHK' as const),
    paidOn: day,
    productionOn: day,
    trn02: fc.stringMatching(/^EFT[0-9]{4,8}$/),
    trn03: fc.constant('1450173185'),
    payer: fc.record({
      name: word,
      id: digits(5),
      address,
      technicalContact: fc.record({ name: word, phone: fc.constant('8005551212') }),
    }),
    payee: fc.record({ name: word, npi: digits(10), taxId: digits(9) }),
    claims: fc.array(paidClaim, { maxLength: 5 }),
    plb: fc.array(
      fc.record({
        providerId: digits(10),
        fiscalYearEnd: day,
        code: fc.constantFrom('WO', 'FB', 'L6', '72'),
        reference: digits(13),
        amountCents: fc.integer({ min: -99_999, max: 99_999 }),
      }),
      { maxLength: 3 },
    ),
  })
  .map((one) => ({
    ...one,
    paymentCents:
      one.claims.reduce((sum, part) => sum + part.paidCents, 0) -
      one.plb.reduce((sum, part) => sum + part.amountCents, 0),
  }))
