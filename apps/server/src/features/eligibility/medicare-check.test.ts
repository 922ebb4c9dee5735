import { isSyntheticMbi, write270 } from '@keepwell/x12'
import { describe, expect, test } from 'vitest'
import { eligibilitySimulator, sentinels } from '../../outside/eligibility/eligibility-simulator.ts'
import { type CheckSituation, coveragesOf, decideServiceDay, inquiryOf, judge271 } from './medicare-check.ts'

const parties = {
  submitterId: 'KEEPWELL1',
  receiverId: '13202',
  payerId: '13202',
  payerName: 'NGS MEDICARE PART B',
  usage: 'T' as const,
}
const situation: CheckSituation = {
  patient: { family: 'Diaz', given: 'Elena', bornOn: '1952-03-14', sex: 'female', mbi: '1EG4TE5MK73' },
  clinic: { name: 'Riverside Family Medicine', npi: '1972534865' },
  parties,
  serviceOn: '2026-11-03',
}
const trace = 'ABC123'

async function answerFor(mbi: string, family = 'Diaz') {
  const inquiry = inquiryOf({ ...situation, patient: { ...situation.patient, mbi, family } }, trace)
  if (inquiry.missing !== null) throw new Error(inquiry.missing.join(' '))
  const request = write270({
    ...inquiry.question,
    setControl: 1,
    envelope: {
      senderQualifier: 'ZZ',
      sender: 'KEEPWELL1',
      receiverQualifier: 'ZZ',
      receiver: '13202',
      usage: 'T',
      createdOn: '2026-11-03',
      createdAt: '09:12',
      interchangeControl: 7,
      groupControl: 7,
    },
  })
  return judge271(await eligibilitySimulator().ask(request), { serviceOn: situation.serviceOn, trace })
}
const withEnd = (name: keyof typeof sentinels) => `1EG4TE5${sentinels[name]}`

describe('the question', () => {
  test('names every fact that is missing and who mends it', () => {
    const inquiry = inquiryOf(
      {
        patient: { ...situation.patient, mbi: null, bornOn: null },
        clinic: { name: 'Riverside', npi: null },
        parties: null,
        serviceOn: '2026-11-03',
      },
      trace,
    )
    expect(inquiry.missing).toHaveLength(4)
    expect(inquiry.missing?.[0]).toContain('MBI')
  })
  test('a synthetic MBI is asked about in test files alone', () => {
    expect(isSyntheticMbi('1S00A00AA00')).toBe(true)
    expect(isSyntheticMbi('1EG4TE5MK73')).toBe(false)
    const patient = { ...situation.patient, mbi: '1S00A00AA00' }
    expect(inquiryOf({ ...situation, patient }, trace).missing).toBeNull()
    expect(inquiryOf({ ...situation, patient, parties: { ...parties, usage: 'P' } }, trace).missing?.join()).toContain(
      'cannot be right',
    )
  })
  test('is not asked for tomorrow', () => {
    expect(decideServiceDay('2026-11-04', '2026-11-03').ok).toBe(false)
    expect(decideServiceDay(undefined, '2026-11-03')).toEqual({ ok: true, value: '2026-11-03' })
  })
})

describe('what the answer means', () => {
  test('Part B active: yes, with what is left of the deductible', async () => {
    const judgment = await answerFor('1EG4TE5MK73')
    expect(judgment).toMatchObject({
      verdict: 'yes',
      failure: null,
      facts: {
        partB: { active: 'yes', from: '2017-03-01' },
        deductible: { year: '2026', yearCents: 28_300, leftCents: 0 },
      },
    })
    expect(judgment.reasons.join(' ')).toContain('deductible is met')
    expect((await answerFor('1EG4TE5MK77')).facts?.deductible.leftCents).toBe(7075)
  })
  test.each([
    ['advantage', 'no', 'RIVERVIEW ADVANTAGE'],
    ['ended', 'no', 'Part B is not active'],
    ['died', 'no', 'died on 2025-12-31'],
    ['hospice', 'unsure', 'Hospice care is open'],
    ['qmb', 'yes', 'owes nothing'],
    ['secondary', 'yes', 'Medicare is secondary'],
    ['homeHealth', 'yes', 'home health episode'],
  ] as const)('%s: %s', async (name, verdict, words) => {
    const judgment = await answerFor(withEnd(name))
    expect(judgment.verdict).toBe(verdict)
    expect(judgment.reasons.join(' ')).toContain(words)
    expect(judgment.failure).toBeNull()
  })
  test('not found and busy are unsure and say what to do', async () => {
    expect(await answerFor(withEnd('notFound'))).toMatchObject({
      verdict: 'unsure',
      facts: null,
      failure: expect.stringMatching(/\w/),
    })
    expect(await answerFor(withEnd('busy'))).toMatchObject({
      verdict: 'unsure',
      failure: expect.stringContaining('busy'),
      reasons: ['Asking again may help.'],
    })
  })
  test('a family name is a sentinel too', async () => {
    expect((await answerFor('1EG4TE5MK73', 'Advantage')).verdict).toBe('no')
  })
  test('an answer about somebody else, a cut one and no X12 at all are never used', async () => {
    const { facts, ...other } = judge271('ISA*00*nonsense', { serviceOn: '2026-11-03', trace })
    expect(other.verdict).toBe('unsure')
    expect(facts).toBeNull()
    const inquiry = inquiryOf(situation, 'OTHER')
    if (inquiry.missing !== null) throw new Error('nothing is missing')
    const request = write270({
      ...inquiry.question,
      setControl: 1,
      envelope: {
        senderQualifier: 'ZZ',
        sender: 'A',
        receiverQualifier: 'ZZ',
        receiver: 'B',
        usage: 'T',
        createdOn: '2026-11-03',
        createdAt: '09:12',
        interchangeControl: 7,
        groupControl: 7,
      },
    })
    const text = await eligibilitySimulator().ask(request)
    expect(judge271(text, { serviceOn: '2026-11-03', trace })).toMatchObject({
      verdict: 'unsure',
      failure: expect.stringContaining('another question'),
    })
    expect(judge271(text.slice(0, text.length / 2), { serviceOn: '2026-11-03', trace: 'OTHER' })).toMatchObject({
      verdict: 'unsure',
      facts: null,
    })
  })
})

test('what was told becomes coverage: a Part B that ended is none, a plan keeps its name', async () => {
  const ended = (await answerFor(withEnd('ended'))).facts
  const advantage = (await answerFor(withEnd('advantage'))).facts
  if (ended === null || advantage === null) throw new Error('both were answered')
  expect(coveragesOf(ended, { mbi: 'X' }).map((one) => one.kind)).toEqual(['medicare_part_a'])
  expect(coveragesOf(advantage, { mbi: 'X' })).toContainEqual(
    expect.objectContaining({ kind: 'medicare_advantage', payerName: 'RIVERVIEW ADVANTAGE', number: 0 }),
  )
})
