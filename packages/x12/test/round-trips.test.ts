import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ClaimBatch,
  check837P,
  type Delimiters,
  kindOf,
  printInterchanges,
  type ReadClaimBatch,
  read270,
  read835,
  read837P,
  readInterchanges,
  SegmentWriter,
  write270,
  write835,
  write837P,
} from '../src/index.ts'
import { balancedRemittance, claimBatch, day, delimiters, digits, envelopeHeader, word } from './arbitraries.ts'
import { batch, mrsDiaz } from './story.ts'

/** What was read without what reading adds. */
function asWritten(read: ReadClaimBatch | undefined): ClaimBatch | undefined {
  if (!read) return undefined
  const { set: _set, interchange: _interchange, totals: _totals, truncated: _truncated, billing, ...rest } = read
  return {
    ...rest,
    billing: billing.map(({ provider, claims }) => ({
      provider,
      claims: claims.map(({ chargeCents: _chargeCents, linesChargeCents: _linesChargeCents, ...claim }) => claim),
    })),
  }
}

test('separators stand for what is empty between, and never at the end', () => {
  const writer = new SegmentWriter({ lineBreaks: false })
  writer.openInterchange(batch.envelope)
  writer.segment('TST', '', ['', 'A', '', 'B', ''], '', { repeated: ['30', '', '42'] }, null, undefined, '')
  writer.segment('TST', ['A', ''], '', 'C')
  expect(writer.closeInterchange(batch.envelope).split('~').slice(1, 3)).toEqual(['TST**:A::B**30^42', 'TST*A**C'])
})

describe('PROP-20: what is written is read, and what is read is printed', () => {
  test('any batch of claims, in any delimiters', () => {
    fc.assert(
      fc.property(claimBatch, delimiters, fc.boolean(), (model, cut, lineBreaks) => {
        const text = write837P(model, { delimiters: cut, lineBreaks })
        const file = readInterchanges(text)
        expect(file.findings.filter((one) => one.severity === 'error')).toEqual([])
        const read = read837P(text)
        expect(read.batches).toHaveLength(1)
        expect(asWritten(read.batches[0])).toEqual(model)
        expect(write837P(model, { delimiters: cut, lineBreaks })).toBe(text)
        // Each segment on its line is what printing gives; a line break that is the terminator needs no second.
        if (lineBreaks && cut.segment !== '\n') expect(printInterchanges(file.interchanges)).toBe(text)
        else expect(printInterchanges(file.interchanges, { lineBreaks: false })).toBe(text.replaceAll('\n\n', '\n'))
      }),
      { numRuns: 60 },
    )
  })

  test('counts and control numbers of any batch are right, and its structure follows the guide', () => {
    const structure = /^(?:se_|ge_|iea_|hl_|lx_|segment_|loop_|element_|code_|too_many_)/
    fc.assert(
      fc.property(claimBatch, (model) => {
        expect(check837P(write837P(model)).filter((one) => structure.test(one.code))).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  test('any question about coverage', () => {
    const inquiry = fc.record({
      trace: fc.stringMatching(/^EL[0-9]{1,8}$/),
      payer: fc.constant({ name: 'CMS', id: 'CMS' }),
      provider: fc.record({ name: word, npi: digits(10) }),
      subscriber: fc.record({
        family: word,
        given: word,
        memberId: fc.stringMatching(/^[A-Z0-9]{11}$/),
        bornOn: day,
      }),
      serviceOn: day,
      serviceTypes: fc.uniqueArray(fc.constantFrom('30', '42', '45', 'AG'), { minLength: 1, maxLength: 4 }),
    })
    fc.assert(
      fc.property(
        envelopeHeader,
        fc.array(inquiry, { minLength: 1, maxLength: 3 }),
        delimiters,
        (envelope, inquiries, cut) => {
          const text = write270({ envelope, setControl: 1, originator: '9CLINIC001', inquiries }, { delimiters: cut })
          const read = read270(text)
          expect(read.inquiries.map(({ set: _set, interchange: _interchange, ...one }) => one)).toEqual(inquiries)
          expect(kindOf(text)).toBe('270')
        },
      ),
      { numRuns: 60 },
    )
  })

  test('the name of a contact is in plain capitals, also where a sign becomes letters', () => {
    const contact = { name: '№ 5 Müller', phone: '2065550100', email: 'Lena@Example.org' }
    const text = write837P({ ...batch, submitter: { ...batch.submitter, contact } })
    expect(text).toContain('PER*IC*NO 5 MULLER*TE*2065550100*EM*Lena@Example.org~')
    expect(read837P(text).batches.map((read) => write837P(read))).toEqual([text])
  })

  test('a name from anywhere comes out in plain capitals and never brings a delimiter along', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.string({ maxLength: 30 }),
        delimiters,
        (family, street, cut) => {
          const model: ClaimBatch = {
            ...batch,
            billing: batch.billing.map((one) => ({
              ...one,
              claims: [
                {
                  ...mrsDiaz,
                  subscriber: {
                    ...mrsDiaz.subscriber,
                    family: `A${family}`,
                    address: { street: `1 ${street}`, city: 'SEATTLE', state: 'WA', zip: '98102' },
                  },
                },
              ],
            })),
          }
          const text = write837P(model, { delimiters: cut })
          const plain = write837P(batch, { delimiters: cut })
          const file = readInterchanges(text)
          expect(file.findings).toEqual([])
          const ids = (source: string) =>
            readInterchanges(source)
              .interchanges[0]?.groups[0]?.sets[0]?.segments.map((one) => one.id)
              .slice(0, 30)
          expect(ids(text)).toEqual(ids(plain))
          expect(
            check837P(text).filter((one) => one.code === 'character_not_allowed' || one.code === 'too_many_elements'),
          ).toEqual([])
        },
      ),
      { numRuns: 200 },
    )
  })

  test('accents, special letters and full-width signs', () => {
    const name = (family: string): string | undefined =>
      read837P(
        write837P({
          ...batch,
          billing: batch.billing.map((one) => ({
            ...one,
            claims: [{ ...mrsDiaz, subscriber: { ...mrsDiaz.subscriber, family } }],
          })),
        }),
      ).batches[0]?.billing[0]?.claims[0]?.subscriber.family
    expect(name('Díaz-Núñez')).toBe('DIAZ-NUNEZ')
    expect(name('Größl')).toBe('GROSSL')
    expect(name('Łukasz Ørsted')).toBe('LUKASZ ORSTED')
    expect(name('O’Brien')).toBe("O'BRIEN")
    expect(name('Smith＊Jones~X')).toBe('SMITH JONES X')
    expect(name('A:B^C*D')).toBe('A B C D')
    expect(name('田中')).toBe('')
  })
})

/** What another reader, which shares no code with ours, sees of an 837P: text cut at its delimiters, and nothing known of a guide. */
function seenByAnother(text: string, cut: Delimiters) {
  const segments = text
    .split(cut.segment)
    .map((one) => one.trim().split(cut.element))
    .filter(([id]) => id !== '')
  const cents = (amount: string | undefined): number => Math.round(Number(amount) * 100)
  const claims: {
    control: string | undefined
    member: string | undefined
    chargeCents: number
    diagnoses: (string | undefined)[]
    lines: {
      code: string | undefined
      chargeCents: number
      units: number
      pointers: number[]
      on: string
      control: string
    }[]
  }[] = []
  let member: string | undefined
  let isOfLine = false
  for (const [id, ...elements] of segments) {
    const claim = claims.at(-1)
    const line = claim?.lines.at(-1)
    if (id === 'HL') {
      isOfLine = false
      if (elements[2] === '22') member = undefined
    } else if (id === 'NM1') {
      if (elements[0] === 'IL') member ??= elements[8]
      isOfLine = false
    } else if (id === 'CLM')
      claims.push({ control: elements[0], member, chargeCents: cents(elements[1]), diagnoses: [], lines: [] })
    else if (id === 'HI') claim?.diagnoses.push(...elements.map((one) => one.split(cut.component)[1]))
    else if (id === 'SV1') {
      claim?.lines.push({
        code: elements[0]?.split(cut.component)[1],
        chargeCents: cents(elements[1]),
        units: Number(elements[3]),
        pointers: (elements[6] ?? '').split(cut.component).map(Number),
        on: '',
        control: '',
      })
      isOfLine = true
    } else if (line && isOfLine && id === 'DTP' && elements[0] === '472') line.on = elements[2] ?? ''
    else if (line && isOfLine && id === 'REF' && elements[0] === '6R') line.control = elements[1] ?? ''
  }
  const ids = segments.map(([id]) => id)
  const trailer = (id: string) => segments.find(([one]) => one === id)?.slice(1)
  return { claims, ids, trailers: [trailer('SE'), trailer('GE'), trailer('IEA')] }
}

test('PROP-26: a reader that shares nothing with ours finds the same claims in what we write, and ours reads them back', () => {
  fc.assert(
    fc.property(claimBatch, delimiters, (model, cut) => {
      const text = write837P(model, { delimiters: cut })
      const seen = seenByAnother(text, cut)
      const claims = model.billing.flatMap((one) => one.claims)
      expect(seen.claims).toEqual(
        claims.map((claim) => ({
          control: claim.claimControl,
          member: claim.subscriber.memberId,
          chargeCents: claim.lines.reduce((sum, line) => sum + line.chargeCents, 0),
          diagnoses: claim.diagnoses,
          lines: claim.lines.map((line) => ({
            code: line.code,
            chargeCents: line.chargeCents,
            units: line.units,
            pointers: line.pointers,
            on: line.serviceOn.replaceAll('-', ''),
            control: line.lineControl,
          })),
        })),
      )
      const inSet = seen.ids.indexOf('SE') - seen.ids.indexOf('ST') + 1
      expect(seen.trailers).toEqual([
        [String(inSet), String(model.setControl).padStart(4, '0')],
        ['1', String(model.envelope.groupControl)],
        ['1', String(model.envelope.interchangeControl).padStart(9, '0')],
      ])
      expect(asWritten(read837P(text).batches[0])).toEqual(model)
    }),
    { numRuns: 40 },
  )
})

describe('PROP-21: the three balances of an 835 hold in exact cents', () => {
  test('any remittance that balances is read so, with every amount', () => {
    fc.assert(
      fc.property(balancedRemittance, delimiters, (model, cut) => {
        const { transactions, findings } = read835(write835(model, { delimiters: cut }))
        expect(findings.filter((one) => one.severity === 'error')).toEqual([])
        const [read] = transactions
        expect(read?.postable).toBe(true)
        expect(read?.balance).toEqual({ ok: true, differenceCents: 0 })
        expect(read?.bpr02Cents).toBe(model.paymentCents)
        expect(read?.plb.map((one) => [one.code, one.reference, one.amountCents])).toEqual(
          model.plb?.map((one) => [one.code, one.reference, one.amountCents]),
        )
        expect(
          read?.claims.map((one) => ({
            control: one.claimControl,
            charge: one.chargeCents,
            paid: one.paidCents,
            remarks: one.remarks,
            adjustments: one.adjustments.map(({ quantity: _quantity, ...part }) => part),
          })),
        ).toEqual(
          model.claims.map((one) => ({
            control: one.claimControl,
            charge: one.chargeCents,
            paid: one.paidCents,
            remarks: one.remarks,
            adjustments: one.adjustments,
          })),
        )
        for (const [index, claim] of model.claims.entries()) {
          const lines = read?.claims[index]?.lines ?? []
          expect(
            lines.map((line) => [line.code, line.chargeCents, line.paidCents, line.lineControl, line.remarks]),
          ).toEqual(
            claim.lines.map((line) => [line.code, line.chargeCents, line.paidCents, line.lineControl, line.remarks]),
          )
          expect(lines.map((line) => line.adjustments.map((one) => [one.group, one.code, one.amountCents]))).toEqual(
            claim.lines.map((line) => line.adjustments.map((one) => [one.group, one.code, one.amountCents])),
          )
        }
      }),
      { numRuns: 150 },
    )
  })

  test('one cent off anywhere is told at the level where it is, to the cent', () => {
    fc.assert(
      fc.property(
        balancedRemittance,
        fc.integer({ min: 1, max: 999 }),
        fc.constantFrom('payment', 'claim', 'line'),
        fc.nat(),
        (model, off, where, pick) => {
          const index = model.claims.length === 0 ? -1 : pick % model.claims.length
          fc.pre(where === 'payment' || index >= 0)
          const claims = model.claims.map((claim, at) => {
            if (at !== index || where === 'payment') return claim
            if (where === 'claim') return { ...claim, paidCents: claim.paidCents + off }
            const [first, ...rest] = claim.lines
            return first ? { ...claim, lines: [{ ...first, paidCents: first.paidCents + off }, ...rest] } : claim
          })
          const changed = {
            ...model,
            claims,
            paymentCents: model.paymentCents + (where === 'payment' ? off : 0),
          }
          const [read] = read835(write835(changed)).transactions
          expect(read?.postable).toBe(false)
          if (where === 'payment') expect(read?.balance).toEqual({ ok: false, differenceCents: off })
          if (where === 'claim') {
            expect(read?.claims[index]?.balances.claim).toEqual({ ok: false, differenceCents: -off })
            expect(read?.balance).toEqual({ ok: false, differenceCents: -off })
          }
          if (where === 'line') {
            expect(read?.claims[index]?.lines[0]?.balance).toEqual({ ok: false, differenceCents: -off })
            expect(read?.claims[index]?.balances.lines).toEqual({ ok: false, differenceCents: off })
            expect(read?.balance.ok).toBe(true)
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})
