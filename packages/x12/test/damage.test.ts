import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkFile, createSegmentReader, kindOf, read835, readFile, readInterchanges } from '../src/index.ts'
import { sample } from './story.ts'

const texts = readdirSync(new URL('./fixtures', import.meta.url))
  .filter((name) => name.endsWith('.edi'))
  .map((name) => sample(name))

/** Reads and checks a text in every way; throwing fails the test. */
function readAll(text: string): void {
  kindOf(text)
  const facts = readFile('damaged', text)
  const checked = checkFile('damaged', text, { today: '2026-02-01' })
  expect(typeof facts.refused === 'string' || facts.refused === null).toBe(true)
  for (const finding of checked.findings) expect(finding.message.length).toBeGreaterThan(10)
  JSON.stringify(facts)
}

describe('damaged files never break the reader', () => {
  test('cut off anywhere', () => {
    for (const text of texts) {
      const step = Math.max(1, Math.floor(text.length / 40))
      for (let end = 0; end < text.length; end += step) readAll(text.slice(0, end))
    }
  })

  test('with characters changed, lost, doubled and moved', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(
          fc.tuple(
            fc.nat(),
            fc.constantFrom('flip', 'drop', 'double', 'swap', 'insert'),
            fc.integer({ min: 1, max: 255 }),
          ),
          { minLength: 1, maxLength: 12 },
        ),
        (text, edits) => {
          let damaged = text
          for (const [place, kind, value] of edits) {
            const at = place % Math.max(1, damaged.length)
            const character = damaged.charAt(at)
            const flipped = String.fromCharCode((character.charCodeAt(0) ^ (1 << (value % 8))) & 0xff)
            if (kind === 'flip') damaged = damaged.slice(0, at) + flipped + damaged.slice(at + 1)
            else if (kind === 'drop') damaged = damaged.slice(0, at) + damaged.slice(at + (value % 20) + 1)
            else if (kind === 'double') damaged = damaged.slice(0, at) + damaged.slice(Math.max(0, at - value))
            else if (kind === 'swap') damaged = damaged.slice(at) + damaged.slice(0, at)
            else damaged = damaged.slice(0, at) + String.fromCharCode(value) + damaged.slice(at)
          }
          readAll(damaged)
        },
      ),
      { numRuns: 1_500 },
    )
  })

  test('text that was never X12', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => readAll(text)),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) =>
        readAll(
          `ISA*00*          *00*          *ZZ*A              *ZZ*B              *260105*0930*^*00501*000000101*0*T*:~${text}`,
        ),
      ),
      { numRuns: 300 },
    )
  })

  test('a segment without end stops at its limit instead of filling the memory', () => {
    const head = sample('835_01_ccm_mixed.edi').slice(0, 106)
    const reader = createSegmentReader()
    reader.push(head)
    for (let index = 0; index < 40; index++) reader.push('A'.repeat(50_000))
    reader.end()
    expect(reader.problems.map((one) => one.code)).toEqual(['segment_too_long'])
  })

  test('twenty thousand claims are read in a few seconds, and small chunks cost no more', () => {
    const text = sample('835_01_ccm_mixed.edi')
    const claims = text.slice(text.indexOf('CLP*'), text.indexOf('SE*105'))
    const big = `${text.slice(0, text.indexOf('CLP*'))}${claims.repeat(3_000)}${text.slice(text.indexOf('SE*105'))}`
    expect(read835(big).transactions[0]?.claims).toHaveLength(21_000)
    const reader = createSegmentReader()
    let segments = 0
    for (let at = 0; at < big.length; at += 64) segments += reader.push(big.slice(at, at + 64)).length
    segments += reader.end().length
    expect(segments).toBeGreaterThan(200_000)
  }, 20_000)
})

describe('a damaged remittance posts nothing', () => {
  const text = sample('835_01_ccm_mixed.edi')

  test('cut off at any character before its end', () => {
    const whole = text.trimEnd().length
    for (let end = 0; end < whole - 1; end++) {
      const { transactions } = read835(text.slice(0, end))
      expect(transactions.every((one) => !one.postable)).toBe(true)
    }
    expect(read835(text.slice(0, whole)).transactions.every((one) => one.postable)).toBe(true)
  })

  test('with any digit of any charge, payment or adjustment changed', () => {
    const places = [
      ...text.matchAll(
        /^(?:BPR\*I|CLP\*[^*]+\*\d+\*[^*]*|CLP\*[^*]+\*\d+|SVC\*[^*]+|SVC\*[^*]+\*[^*]+|CAS\*[A-Z]+\*\d+|CAS\*[A-Z]+\*\d+\*[^*]*\*\*\d+)\*(\d)/gm,
      ),
    ]
    expect(places.length).toBeGreaterThan(20)
    for (const place of places) {
      const at = place.index + place[0].length - 1
      const digit = text.charAt(at) === '9' ? '8' : '9'
      const { transactions } = read835(text.slice(0, at) + digit + text.slice(at + 1))
      expect([place[0], transactions[0]?.postable]).toEqual([place[0], false])
    }
  })

  test('with any one segment lost', () => {
    const lines = text.trimEnd().split('\n')
    for (const [index, line] of lines.entries()) {
      const { transactions } = read835(`${lines.toSpliced(index, 1).join('\n')}\n`)
      expect([line, transactions.some((one) => one.postable)]).toEqual([line, false])
    }
  })

  test('with letters where an amount should be', () => {
    const [remittance] = read835(text.replace('*266.56*', '*2X6.56*')).transactions
    expect(remittance?.postable).toBe(false)
    expect(remittance?.holdReasons[0]).toBe('1 amounts cannot be read.')
  })
})

test('a file with a byte order mark, with CRLF, and on one line is the same file', () => {
  const text = sample('835_01_ccm_mixed.edi')
  const expected = readFile('x', text)
  for (const other of [
    `\uFEFF${text}`,
    text.replaceAll('\n', '\r\n'),
    text.replaceAll('\n', ''),
    `\n\n${text}\n\n`,
    `${text}\u001a`,
  ]) {
    expect(readFile('x', other)).toEqual(expected)
  }
})

test('several interchanges in one file are read one by one', () => {
  const file = readInterchanges(
    sample('835_01_ccm_mixed.edi') +
      sample('277ca_01_mixed_batch101.edi').replaceAll('~\n', '~') +
      sample('835_10_predetermination_n30.edi'),
  )
  expect(file.interchanges.map((one) => [one.control, one.delimiters.component])).toEqual([
    ['000000201', ':'],
    ['000000401', ':'],
    ['000004592', '|'],
  ])
  expect(file.findings).toEqual([])
})

describe('a hostile file costs time by its length, not by its square', () => {
  const claims = sample('837p_01_ccm_primary_and_msp.edi')
  const remittance = sample('835_01_ccm_mixed.edi')
  const many = 20_000
  const before = (text: string, place: string, added: string, times = many) =>
    text.replace(place, () => added.repeat(times) + place)
  test.each([
    ['lines', before(claims, 'SE*', 'LX*2~\nSV1*HC:99439*1*UN*1***1~\nREF*6R*A~\n')],
    ['diagnoses', before(claims, 'HI*ABK', 'HI*ABF:I10*ABF:E119~\n')],
    ['levels', before(claims, 'SE*', 'HL*9*1*22*0~\n')],
    [
      'other payers and their decisions',
      before(
        before(claims, 'SE*', 'SBR*P*18*G**CI~\nAMT*D*1~\nNM1*PR*2*X*****PI*60054~\n'),
        'SE*',
        'LX*1~\nSV1*HC:99490*1*UN*1***1~\nSVD*60054*1*HC:99490**1~\n',
      ),
    ],
    ['pointers', claims.replace('1:2:3', `${'1:'.repeat(many)}2`)],
    ['sets without end', before(remittance, 'SE*105*0001~', 'ST*835*0001~\nBPR*I*1~\n')],
    ['lost segments', before(remittance, 'GS*', 'CLP*1~\n')],
    ['interchanges without end', remittance.slice(0, 107).repeat(many / 4)],
    ['elements', before(remittance, 'SE*105', `CAS*CO${'*45*1*'.repeat(many)}~\n`, 1)],
  ])('%s by the ten thousand', (_name, text) => {
    expect(checkFile('hostile', text).accepted).toBe(false)
    expect(readFile('hostile', text).refused).toBeNull()
  })
})

describe('characters that X12 does not have', () => {
  const claims = sample('837p_01_commercial_dependent.edi')
  const codesOf = (text: string): string[] => checkFile('strange', text, { today: '2026-02-01' }).findings.map(codeOf)
  const codeOf = ({ code, segment }: { code: string; segment: number | null }): string => `${code} ${segment}`

  test('stand in a name at their place, however wide they are, and move nothing behind them', () => {
    for (const character of ['\u0000', 'é', 'ÿ', 'Ω', '中', '💊']) {
      const place = claims.indexOf('NM1*41*2*') + 'NM1*41*2*'.length
      const strange = claims.slice(0, place) + character + claims.slice(place)
      expect(codesOf(strange), character).toEqual(['character_not_allowed 3', ...codesOf(claims)])
      expect(readInterchanges(strange).interchanges[0]?.groups[0]?.sets[0]?.segments[2]?.element(3)).toBe(
        `${character}PREMIER BILLING SERVICE`,
      )
    }
  })

  test('make a segment or a qualifier another one, also where nothing is seen of them', () => {
    expect(codesOf(claims.replace('NM1*41*', '\u0000NM1*41*'))).toContain('segment_id_invalid 3')
    expect(codesOf(claims.replace('NM1*41*', 'NM1*\u000041*'))).toContain('qualifier_unexpected 3')
  })

  test('separate nothing', () => {
    const refused = readFile('strange', claims.replaceAll('~', 'Ω')).refused
    expect(refused).toBe('This X12 file cannot be read: its ISA segment is cut off or does not have sixteen elements.')
  })
})
