import type { RemittanceClaim } from '@keepwell/contract'
import { describe, expect, test } from 'vitest'
import { pairsOf, standingOf } from './pairs.ts'

const line = (id: string, kind: 'payment' | 'reversal', claimId: string | null): RemittanceClaim => ({
  id,
  position: 1,
  controlNumber: `C-${claimId ?? 'x'}`,
  payerClaimNumber: null,
  statusCode: '1',
  kind,
  patientName: 'Elena Diaz',
  claim: claimId === null ? null : { id: claimId, patient: { id: 'p', name: 'Elena Diaz' }, month: '2026-10' },
  matchedBy: null,
  chargeCents: 9600,
  paidCents: 5000,
  patientCents: 1280,
  expectedMedicareCents: 5000,
  differenceCents: 0,
  lines: [],
  adjustments: [],
  candidates: [],
})

describe('a payment that takes an earlier decision back', () => {
  test('shows the line taken back beside the line decided anew', () => {
    const pairs = pairsOf([line('a', 'reversal', '1'), line('b', 'payment', '1'), line('c', 'payment', '2')])
    expect(pairs.get('a')?.map(({ id }) => id)).toEqual(['b'])
    expect(pairs.get('b')?.map(({ id }) => id)).toEqual(['a'])
    expect(pairs.has('c')).toBe(false)
  })

  test('stands alone when nothing new was decided', () => {
    expect(pairsOf([line('a', 'reversal', '1')]).get('a')).toEqual([])
  })

  test('does not pair two payments of one claim', () => {
    expect(pairsOf([line('a', 'payment', '1'), line('b', 'payment', '1')]).size).toBe(0)
  })
})

describe('a line against what was expected', () => {
  const paid = line('a', 'payment', '1')
  test('is exact, less, more or nothing', () => {
    expect(standingOf(paid)).toBe('as_expected')
    expect(standingOf({ ...paid, differenceCents: -1 })).toBe('less')
    expect(standingOf({ ...paid, differenceCents: 1 })).toBe('more')
    expect(standingOf({ ...paid, paidCents: 0, differenceCents: -5000 })).toBe('unpaid')
  })

  test('is not a match when nobody knows the claim, and not exact when nothing was expected', () => {
    expect(standingOf({ ...paid, claim: null })).toBe('unmatched')
    expect(standingOf({ ...paid, differenceCents: null })).toBe('unknown')
  })
})
