import { describe, expect, test } from 'vitest'
import { allCases } from '../src/cases/index.ts'
import { allRules, assess, parseFacts } from '../src/index.ts'

describe('the cases of the book', () => {
  for (const one of allCases) {
    test(`${one.rule}: ${one.name}`, () => {
      const verdict = assess(one.given)
      const findings = verdict.findings.filter((finding) => finding.rule === one.rule)
      expect(findings.map((finding) => finding.status)).toEqual([one.expect])
      expect(
        verdict.outcome,
        verdict.findings
          .filter((f) => f.status !== 'pass')
          .map((f) => f.sentence)
          .join(' '),
      ).toBe(one.outcome)
      expect(verdict.lines.length > 0).toBe(one.outcome === 'billable')
      expect(findings.every((finding) => finding.law.length > 0 && finding.sentence.endsWith('.'))).toBe(true)
    })
  }

  test('every rule has a case on either side', () => {
    const oneSided = allRules()
      .map((rule) => rule.id)
      .filter((id) => {
        const statuses = new Set(allCases.filter((one) => one.rule === id).map((one) => one.expect))
        return statuses.size < 2
      })
    expect(oneSided).toEqual([])
  })

  test('a plain verdict says the same as a full one, without proof and alternatives', () => {
    for (const one of allCases) {
      const full = assess(one.given)
      const plain = assess(one.given, { proof: 'plain' })
      expect({ ...plain, findings: [] }).toEqual({ ...full, findings: [], alternatives: [] })
      expect(plain.findings.map((finding) => finding.rule)).toEqual(
        full.findings.filter((finding) => finding.status !== 'pass').map((finding) => finding.rule),
      )
    }
  })

  test('the facts of every case pass through the facts file unchanged', () => {
    for (const one of allCases) {
      const parsed = parseFacts(JSON.parse(JSON.stringify(one.given)))
      if (!parsed.ok) throw new Error(`${one.name}: ${JSON.stringify(parsed.faults)}`)
      expect(assess(parsed.facts)).toEqual(assess(one.given))
    }
  })
})
