import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FingerprintSet } from '../src/fingerprints.ts'
import { isAccepted } from '../src/guides/accept.ts'
import { explainElements } from '../src/guides/elements.ts'
import type { LoopRule, SegmentRule } from '../src/guides/guide.ts'
import { guideOf } from '../src/guides/guides.ts'
import {
  checkFile,
  type Facts,
  FileCheck,
  FileFacts,
  FileSurvey,
  type Loop,
  loopsNamed,
  loopsOf,
  RemittanceStream,
  read835,
  readFile,
  readInterchanges,
  segmentIn,
  streamSets,
  write835,
} from '../src/index.ts'
import { Segment, USUAL_DELIMITERS } from '../src/segments.ts'
import { balancedRemittance } from './arbitraries.ts'
import { sample } from './story.ts'

const names = readdirSync(new URL('./fixtures', import.meta.url)).filter((name) => name.endsWith('.edi'))

describe('a file in pieces is the same file', () => {
  test.each(names)('%s is checked the same in pieces of any size', (name) => {
    const text = sample(name)
    const whole = checkFile(name, text).findings
    for (const size of [1, 13, 106, 4_096]) {
      const findings: unknown[] = []
      const check = new FileCheck(({ interchange: _interchange, ...one }) => findings.push(one))
      for (let at = 0; at < text.length; at += size) check.push(text.slice(at, at + size))
      check.end()
      expect(findings).toEqual(whole)
    }
  })

  test.each(names)('%s is read the same in pieces of any size', (name) => {
    const text = sample(name)
    for (const size of [7, 300]) {
      const pieces: string[] = []
      for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size))
      const survey = new FileSurvey()
      for (const piece of pieces) survey.push(piece)
      survey.end()
      const sets: Facts[] = []
      let open: { head: Facts; claims: Facts[] | null } = { head: {}, claims: null }
      const facts = new FileFacts(survey, {
        openSet: (head, list) => {
          open = { head, claims: list === null ? null : [] }
        },
        item: (one) => open.claims?.push(one),
        closeSet: (rest) =>
          sets.push({ ...open.head, ...rest, ...(open.claims === null ? {} : { claims: open.claims }) }),
      })
      for (const piece of pieces) facts.push(piece)
      facts.end()
      expect(sets).toEqual(readFile(name, text).sets)
    }
  })

  test('a remittance cut off is read claim by claim, but nothing of it may be posted', () => {
    const text = sample('835_01_ccm_mixed.edi')
    const cut = text.slice(0, text.indexOf('GE*'))
    expect(readFile('cut', cut).sets[0]).toMatchObject({ truncated: true, postable: false, transactionBalances: true })
    expect(readFile('whole', text).sets[0]).toMatchObject({ truncated: false, postable: true })
  })
})

/** Every segment rule of a guide. */
function rulesOf(rule: LoopRule): SegmentRule[] {
  return rule.children.flatMap((child) => (child.kind === 'segment' ? [child] : rulesOf(child)))
}

describe('the quick look at a segment', () => {
  const rules = (['837P', '835', '999', '277CA', '277', '276', '270', '271'] as const).flatMap((kind) => {
    const guide = guideOf(kind)
    return guide === null ? [] : rulesOf(guide.root)
  })

  test('never lets pass what the slow look would find', () => {
    const text = fc.oneof(
      fc.constantFrom(
        '',
        'D8',
        'RD8',
        '20260131',
        '20260230',
        '20260101-20260131',
        '0930',
        '2560',
        '-1.5',
        '1.',
        '.',
        '-',
      ),
      fc.constantFrom('HC:99490', 'ABK:I10', '1:2', ':', 'A:', ' A', 'A ', 'A^B', 'é', '\u0001', 'PR', 'XX', 'MI', 'Y'),
      fc.string({ maxLength: 12 }),
      fc.stringMatching(/^[0-9]{1,12}$/),
    )
    const known = (rule: SegmentRule) =>
      fc
        .tuple(
          ...rule.elements.map((one) =>
            one.codes === null ? text : fc.oneof(fc.constantFrom(...one.codes), text, fc.constant('')),
          ),
        )
        .map((elements) => [rule.id, ...elements].join('*').replace(/\*+$/, ''))
    let accepted = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...rules).chain((rule) => fc.tuple(fc.constant(rule), known(rule))),
        ([rule, written]) => {
          const segment = Segment.of(written, USUAL_DELIMITERS)
          const found: string[] = []
          explainElements(segment, rule, (_level, code) => found.push(code))
          if (isAccepted(segment, rule)) {
            accepted++
            expect(found).toEqual([])
          }
        },
      ),
      { numRuns: 20_000 },
    )
    expect(accepted).toBeGreaterThan(100)
  })

  test('lets pass nearly all of the samples that are right', () => {
    const segments = sample('837p_01_ccm_primary_and_msp.edi').split('~\n').slice(2, -4)
    const passing = segments.filter((written) =>
      rules.some(
        (rule) => rule.id === written.split('*')[0] && isAccepted(Segment.of(written, USUAL_DELIMITERS), rule),
      ),
    )
    expect(passing).toEqual(segments)
  })
})

test('a segment gives its elements by position, and nothing past the last', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[A-Z0-9: ]{0,8}$/), { minLength: 1, maxLength: 300 }), (elements) => {
      const written = ['CLM', ...elements]
      const segment = Segment.of(written.join('*'), USUAL_DELIMITERS)
      expect(segment.elements).toEqual(written)
      expect(written.map((_, position) => segment.element(position))).toEqual(written)
      expect(written.every((text, position) => segment.is(position, text))).toBe(true)
      expect(segment.element(written.length)).toBe('')
      expect(segment.isEmpty(written.length)).toBe(true)
      expect(segment.count).toBe(elements.length)
    }),
    { numRuns: 200 },
  )
})

test('fingerprints tell a hundred thousand texts apart and know each again', () => {
  const set = new FingerprintSet()
  for (let number = 0; number < 100_000; number++) expect(set.add(`CCM-2025-12-${number}`)).toBe(true)
  for (let number = 0; number < 100_000; number += 97) expect(set.add(`CCM-2025-12-${number}`)).toBe(false)
  expect(set.mark('A 2025-12', 1)).toBe(0)
  expect(set.mark('A 2025-12', 4)).toBe(1)
  expect(set.mark('A 2025-12', 2)).toBe(5)
})

test('PROP-25: a remittance that lost or changed any stretch of text is never postable with other money', () => {
  fc.assert(
    fc.property(
      balancedRemittance,
      fc.nat(),
      fc.integer({ min: 1, max: 60 }),
      fc.boolean(),
      (model, place, length, flip) => {
        const text = write835(model)
        const at = place % text.length
        const broken = flip
          ? text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << (length % 7))) + text.slice(at + 1)
          : text.slice(0, at) + text.slice(at + length)
        for (const read of read835(broken).transactions) {
          if (!read.postable) continue
          const paid = read.claims.reduce((sum, claim) => sum + claim.paidCents, 0)
          expect(paid - read.plb.reduce((sum, one) => sum + one.amountCents, 0)).toBe(read.bpr02Cents)
          expect(read.claims.every((claim) => claim.balances.claim.ok && claim.balances.lines.ok)).toBe(true)
        }
      },
    ),
    { numRuns: 300 },
  )
})

describe('sets and loops', () => {
  test('sets come out of pieces one by one, with the findings of the envelopes', async () => {
    const text = sample('835_01_ccm_mixed.edi') + sample('837p_20_three_gs.edi')
    const pieces = text.match(/[\s\S]{1,97}/g) ?? []
    const codes: string[] = []
    const sets: [string, number][] = []
    for await (const { set } of streamSets(pieces, (one) => codes.push(one.code))) {
      sets.push([set.type, set.segments.length])
    }
    expect(sets).toEqual([
      ['835', 105],
      ['837', 34],
      ['837', 34],
      ['837', 34],
    ])
    expect(codes.filter((code) => code === 'se_count')).toHaveLength(3)
    const refused: string[] = []
    for await (const _set of streamSets(['%PDF-1.7'], (one) => refused.push(one.code)))
      throw new Error('A PDF has a set.')
    expect(refused).toEqual(['not_x12'])
  })

  test("Lena's claims stand in the loops of the guide, and an unknown segment is kept where it stands", () => {
    const text = sample('837p_01_ccm_primary_and_msp.edi').replace('LX*1~\n', 'LX*1~\nZZZ*7~\n')
    const set = readInterchanges(text).interchanges[0]?.groups[0]?.sets[0]
    const root = set ? loopsOf(set) : null
    if (root === null) throw new Error('There is no set.')
    expect(loopsNamed(root, '2300').map((claim) => segmentIn(claim, 'CLM')?.element(1))).toEqual([
      'CCM-2025-12-000017',
      'CCM-2025-12-000018',
    ])
    const [first, second] = loopsNamed(root, '2300')
    expect(first?.loops.map((loop) => loop.id)).toEqual(['2310B', '2400', '2400'])
    expect(second?.loops.map((loop) => loop.id)).toEqual(['2310B', '2320', '2400'])
    expect(first?.loops[1]?.segments.map(({ segment, position, known }) => [segment.id, position, known])).toEqual([
      ['LX', 27, true],
      ['ZZZ', 28, false],
      ['SV1', 29, true],
      ['DTP', 30, true],
      ['REF', 31, true],
    ])
    expect(loopsNamed(root, '2430').map((loop) => segmentIn(loop, 'CAS', 'PR')?.element(3))).toEqual(['20'])
    const all = (loop: Loop): number => loop.segments.length + loop.loops.reduce((sum, inner) => sum + all(inner), 0)
    expect(all(root)).toBe(set?.segments.length)
  })

  test('a remittance comes claim by claim and then its payment', () => {
    const told: string[] = []
    const stream = new RemittanceStream({
      claim: (claim) => told.push(claim.claimControl),
      remittance: ({ trn02, postable, totals }) => told.push(`${trn02} ${postable} ${totals.claimsPaidCents}`),
    })
    for (const piece of sample('835_01_ccm_mixed.edi').match(/[\s\S]{1,50}/g) ?? []) stream.push(piece)
    stream.end()
    expect(told).toHaveLength(8)
    expect(told[0]).toBe('CCM-2025-12-000001')
    expect(told[7]).toBe('EFT0001 true 26656')
    expect(stream.refused).toBeNull()
  })
})

test.each(names.filter((name) => name.startsWith('835')))(
  '%s tells a stream the claims that it tells at once',
  (name) => {
    const text = sample(name)
    const claims: unknown[] = []
    const stream = new RemittanceStream({ claim: (claim) => claims.push(claim), remittance: () => undefined })
    for (let at = 0; at < text.length; at += 61) stream.push(text.slice(at, at + 61))
    stream.end()
    expect(claims).toEqual(read835(text).transactions.flatMap((one) => one.claims))
  },
)
