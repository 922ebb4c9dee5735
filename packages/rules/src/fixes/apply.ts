import { valueOn } from '../book/dated.ts'
import { conditionsNeededFor } from '../ccm/conditions.ts'
import { careStartsOn, stepDayOf, tallyMinutes, timeStillOpen } from '../ccm/minutes.ts'
import { cellFor, sameMonthRow } from '../ccm/same-month.ts'
import type { ConditionFacts, ConsentFacts, Facts, OtherServiceFacts, PractitionerFacts, TimeFacts } from '../facts.ts'
import { firstDayOf, lastDayOf } from '../time.ts'
import { activityRow } from '../values/activities.ts'
import { nonComplexFirstBlock } from '../values/ccm/time.ts'
import { consentModeRow, DEFAULT_CONSENT_MODE } from '../values/consent.ts'
import { credentialRow } from '../values/credentials.ts'
import type { Fix } from '../verdict.ts'

const lasting = (facts: Facts, one: ConditionFacts): ConditionFacts => ({
  ...one,
  attestedOn: one.attestedOn && one.attestedOn <= lastDayOf(facts.month) ? one.attestedOn : stepDayOf(facts),
  lasts12Months: true,
  significantRisk: true,
})

/** Conditions that a practitioner could attest: those on file first, then others, until two diseases stand. */
function attested(facts: Facts): readonly ConditionFacts[] {
  const asked = facts.conditions ?? []
  const known = asked.map((one) =>
    one.lasts12Months === false || one.significantRisk === false ? one : lasting(facts, one),
  )
  const more = ['E11.9', 'I50.22', 'J44.9']
  for (const code of more) {
    if (conditionsNeededFor({ ...facts, conditions: known }) <= 0) break
    if (!known.some((one) => one.code === code)) known.push(lasting(facts, { code }))
  }
  return known
}

function consented(facts: Facts, anew: boolean): ConsentFacts {
  const mode = consentModeRow(facts.policy?.consentMode ?? DEFAULT_CONSENT_MODE)
  const before = facts.consent ?? {}
  return {
    ...before,
    form: mode.writtenRequired ? 'written' : (before.form ?? 'verbal'),
    givenOn: anew ? stepDayOf(facts) : (before.givenOn ?? stepDayOf(facts)),
    faceToFace: mode.faceToFaceRequired ? true : (before.faceToFace ?? false),
    told: [...mode.required],
    withdrawnOn: anew ? null : (before.withdrawnOn ?? null),
  }
}

/** Completes entries of which something is not known; beyond what is needed they are given to no program. */
function completed(facts: Facts): readonly TimeFacts[] {
  const needed = valueOn(nonComplexFirstBlock, facts.month)
  const entries = [...(facts.time ?? [])]
  const unclear = tallyMinutes(facts).leftOut.filter((one) => one.reason === 'unknown')
  entries.forEach((entry, index) => {
    if (!unclear.some((one) => one.entryId === entry.id)) return
    const enough = tallyMinutes({ ...facts, time: entries }).pooledMinutes >= needed
    entries[index] = enough
      ? { ...entry, program: 'none' }
      : {
          ...entry,
          program: entry.program ?? 'ccm',
          activity: entry.activity && activityRow(entry.activity) ? entry.activity : 'patient_call',
          credential: entry.credential && credentialRow(entry.credential) ? entry.credential : 'RN',
        }
  })
  return entries
}

/** Works what is missing to the first block, in the earliest free time that counts. */
function worked(facts: Facts): readonly TimeFacts[] {
  const entries = facts.time ?? []
  const needed = valueOn(nonComplexFirstBlock, facts.month) * 60_000
  let missing = needed - tallyMinutes(facts).pooledSeconds * 1000
  const added: TimeFacts[] = []
  for (const free of timeStillOpen(facts)) {
    if (missing <= 0) break
    const endMs = Math.min(free.endMs, free.startMs + missing)
    added.push({
      id: `to do ${added.length + 1}`,
      person: 'care manager',
      kind: 'staff',
      credential: 'RN',
      start: new Date(free.startMs).toISOString(),
      end: new Date(endMs).toISOString(),
      activity: 'patient_call',
      program: 'ccm',
      personalCcm: false,
    })
    missing -= endMs - free.startMs
  }
  return [...entries, ...added]
}

function settled(facts: Facts, code: string): readonly OtherServiceFacts[] {
  const row = sameMonthRow(code, facts.month)
  return (facts.otherServices ?? []).flatMap((one): OtherServiceFacts[] => {
    if (one.code !== code || !row) return [one]
    if (one.practitioner) return []
    const relation = (['other', 'same_group', 'same'] as const).find((who) => {
      const cell = cellFor(row, who, facts.policy)
      return cell !== 'no' && cell !== 'hold'
    })
    return relation ? [{ ...one, practitioner: relation }] : []
  })
}

function named(facts: Facts): PractitionerFacts {
  const before = facts.practitioner ?? {}
  const mayBill = before.kind && before.kind !== 'other'
  return {
    id: before.id ?? 'billing practitioner',
    npi: mayBill && before.npi ? before.npi : '1234567893',
    kind: mayBill ? before.kind : 'physician',
    qualifyingApm: before.qualifyingApm ?? false,
  }
}

/** What each rule's step makes of the facts, where it turns out as hoped. */
const effects: Readonly<Record<string, (facts: Facts, code: string) => Partial<Facts>>> = {
  'ccm.patient.alive.find_out': (facts) => ({ patient: { ...facts.patient, diedOn: null } }),
  'ccm.coverage.part_b.check_coverage': (facts) => ({
    coverage: [
      ...(facts.coverage ?? []).filter((one) => one.kind !== 'part_b'),
      { kind: 'part_b', from: firstDayOf(facts.month), to: null },
    ],
  }),
  'ccm.coverage.part_b.set_date_of_service': (facts) => ({
    policy: { ...facts.policy, dateOfService: 'threshold_date' },
  }),
  'ccm.coverage.other_primary.bill_primary_first': (facts) => ({
    primaryPayment: { decidedOn: facts.asOf ?? lastDayOf(facts.month), paidCents: 0 },
  }),
  'ccm.coverage.hospice.settle_hospice': () => ({ hospiceCare: 'unrelated' }),
  'ccm.practitioner.choose_billing_practitioner': (facts) => ({ practitioner: named(facts) }),
  'ccm.practitioner.find_out': (facts) => ({ practitioner: named(facts) }),
  'ccm.practitioner.npi.find_out': (facts) => ({ practitioner: { ...facts.practitioner, npi: '1234567893' } }),
  'ccm.practitioner.npi.correct_npi': (facts) => ({ practitioner: { ...facts.practitioner, npi: '1234567893' } }),
  'ccm.conditions.attest_conditions': (facts) => ({ conditions: attested(facts) }),
  'ccm.conditions.find_out': (facts) => ({ conditions: attested(facts) }),
  'ccm.claim.diagnoses.add_diagnosis': (facts) => ({
    conditions: [...(facts.conditions ?? []), lasting(facts, { code: 'J44.9' })],
  }),
  'ccm.initiating_visit.hold_initiating_visit': (facts) => ({
    initiatingVisit: { on: stepDayOf(facts), code: '99214', ccmDiscussed: true },
  }),
  'ccm.initiating_visit.document_ccm_discussion': (facts) => ({
    ...(facts.initiatingVisit ? { initiatingVisit: { ...facts.initiatingVisit, ccmDiscussed: true } } : {}),
  }),
  'ccm.initiating_visit.find_out': (facts) => ({
    patient: { ...facts.patient, newOrNotSeenWithinYear: facts.patient?.newOrNotSeenWithinYear ?? false },
    ...(facts.patient?.newOrNotSeenWithinYear === true
      ? {
          initiatingVisit: {
            on: careStartsOn(facts) ?? firstDayOf(facts.month),
            code: '99214',
            ccmDiscussed: true,
          },
        }
      : {}),
  }),
  'ccm.consent.form.record_consent': (facts) => ({
    consent: consented(facts, facts.consent?.form === null),
  }),
  'ccm.consent.form.find_out': (facts) => ({ consent: consentedBefore(facts) }),
  'ccm.consent.told.correct_consent_record': (facts) => ({ consent: consented(facts, true) }),
  'ccm.consent.told.find_out': (facts) => ({ consent: consentedBefore(facts) }),
  'ccm.consent.in_force.record_consent': (facts) => ({ consent: consented(facts, true) }),
  'ccm.consent.in_force.find_out': (facts) => ({ consent: consentedBefore(facts) }),
  'ccm.care_plan.approved.find_out': (facts) => ({
    carePlan: { ...facts.carePlan, approvedOn: firstDayOf(facts.month) },
  }),
  'ccm.care_plan.approved.approve_care_plan': (facts) => ({
    carePlan: { ...facts.carePlan, approvedOn: stepDayOf(facts), copyGivenOn: facts.carePlan?.copyGivenOn ?? null },
  }),
  'ccm.care_plan.copy.give_plan_copy': (facts) => ({
    carePlan: {
      ...facts.carePlan,
      approvedOn: facts.carePlan === null ? null : facts.carePlan?.approvedOn,
      copyGivenOn: facts.asOf ?? lastDayOf(facts.month),
    },
  }),
  'ccm.access.find_out': () => ({ access24x7: true }),
  'ccm.access.establish_24x7_access': () => ({ access24x7: true }),
  'ccm.continuity.find_out': () => ({ designatedCareManager: true }),
  'ccm.continuity.name_care_manager': () => ({ designatedCareManager: true }),
  'ccm.place_of_service.find_out': () => ({ placeOfService: '11' }),
  'ccm.stays.find_out': () => ({ stays: [] }),
  'ccm.other_services.find_out': () => ({ otherServices: [] }),
  'ccm.time.known.find_out': (facts) => ({ time: worked({ ...facts, time: [], asOf: null }) }),
  'ccm.time.known.correct_time_entry': (facts) => ({ time: completed(facts) }),
  'ccm.time.enough.correct_time_entry': (facts) => ({ time: completed(facts) }),
  'ccm.time.enough.approve_time': ({ time }) => ({
    time: (time ?? []).map((entry) => ({ ...entry, waitsForApproval: false })),
  }),
  'ccm.time.enough.add_care_time': (facts) => ({ time: worked(facts) }),
  'ccm.complex.decision_making.find_out': () => ({ decisionMaking: null }),
  'ccm.family.choice.choose_family_again': () => ({ choice: null }),
  'ccm.program.choice.take_program_back': () => ({ otherProgram: null }),
  'ccm.same_month.find_out': (facts, code) => ({ otherServices: settled(facts, code) }),
  'ccm.same_month.choose_between_services': (facts, code) => ({ otherServices: settled(facts, code) }),
  'money.price.find_out': (facts) => ({
    locality: facts.locality === undefined || facts.locality === null ? null : 'national',
    practitioner: facts.practitioner
      ? { ...facts.practitioner, qualifyingApm: facts.practitioner.qualifyingApm ?? false }
      : facts.practitioner,
  }),
  'money.cost_sharing.check_coverage': (facts) => ({
    deductible: facts.deductible === undefined ? { remainingCents: 0 } : facts.deductible,
    qmb: facts.qmb ?? false,
    secondary: facts.secondary === undefined ? null : facts.secondary,
  }),
}

/** With the visit that started care, or by the first of the month. */
function firstPossible({ month, initiatingVisit }: Facts): string {
  const first = firstDayOf(month)
  return initiatingVisit && initiatingVisit.on < first ? initiatingVisit.on : first
}

/** What is found out of a consent that was given before: nothing that is known of it changes. */
function consentedBefore(facts: Facts): ConsentFacts {
  const mode = consentModeRow(facts.policy?.consentMode ?? DEFAULT_CONSENT_MODE)
  const before = facts.consent ?? {}
  return {
    ...before,
    form: before.form ?? (mode.writtenRequired ? 'written' : 'verbal'),
    givenOn: before.givenOn === undefined ? firstPossible(facts) : before.givenOn,
    faceToFace: before.faceToFace ?? true,
    told: before.told ?? [...mode.required],
    withdrawnOn: before.withdrawnOn === undefined ? null : before.withdrawnOn,
  }
}

/**
 * The facts after a step was done, as hoped: the consent was given, the fact turned out well. Nothing else changes.
 * Null where a step changes nothing in the facts, as when another payer is billed.
 */
export function applyFix(facts: Facts, fix: Pick<Fix, 'id' | 'step'>): Facts | null {
  const code = /^ccm\.same_month\.([0-9A-Z]{5})\./.exec(fix.id)?.[1] ?? ''
  const effect = effects[code === '' ? fix.id : `ccm.same_month.${fix.step}`]
  return effect ? { ...facts, ...effect(facts, code) } : null
}

/** Work comes last, because what counts follows from consent and visit. */
const LAST = ['correct_time_entry', 'add_care_time']

/** The facts after every step of a set. */
export function applyFixes(facts: Facts, fixes: readonly Pick<Fix, 'id' | 'step'>[]): Facts {
  const inOrder = [...fixes].sort((a, b) => LAST.indexOf(a.step) - LAST.indexOf(b.step))
  return inOrder.reduce((before, fix) => applyFix(before, fix) ?? before, facts)
}
