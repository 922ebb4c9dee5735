import { type Dated, dated } from '../book/dated.ts'
import type { PolicyFacts } from '../facts.ts'
import { type Source, sources } from '../sources.ts'

/**
 * What rests on common knowledge of the field and not on a source that was read: the book decides it by a default that
 * an organization may switch. The law of each says so.
 */
export interface SwitchRow {
  readonly id: SwitchId
  readonly asks: string
  /** The first is the default. */
  readonly options: readonly [string, ...string[]]
  /** What is chosen where the clinic has not; a dated value, because a later rule may settle it. */
  readonly byDefault: Dated<string>
  readonly why: string
  readonly tag: 'S' | 'S2' | 'K' | 'K?'
  readonly law: readonly Source[]
}

export type SwitchId = Exclude<keyof PolicyFacts, 'consentMode'>

function row(
  id: SwitchId,
  asks: string,
  options: readonly [string, ...string[]],
  from: string,
  why: string,
  tag: SwitchRow['tag'],
  law: readonly [Source, ...Source[]],
): SwitchRow {
  const byDefault = dated<string>({
    key: `policy.${id.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
    unit: 'choice of the clinic',
    checkedThrough: '2026-12',
    nextExpected: '2027-01',
    values: [{ from, published: 'unknown', source: law[0], value: options[0] }],
  })
  return { id, asks, options, byDefault, why, tag, law }
}

/** The first option of each is its default. */
export const switches: readonly SwitchRow[] = [
  row(
    'dateOfService',
    'Which day does the claim carry?',
    ['month_end', 'threshold_date'],
    '2015-01',
    'Any day from the full block to the end of the month is right; at month end the add-ons and the family are known.',
    'S',
    [sources.cmsFaq2015],
  ),
  row(
    'telehealthVisit',
    'May a visit by video start care?',
    ['accept', 'refuse'],
    '2020-01',
    'Medicare has not barred it; no text that allows it was read.',
    'K?',
    [sources.fieldKnowledge],
  ),
  row(
    'visitDayMinutes',
    'Do staff minutes on the day of a visit count?',
    ['count', 'leave_out'],
    '2015-01',
    'They may count where they are distinct from the visit; the code set bars time that belongs to it.',
    'K?',
    [sources.fieldKnowledge],
  ),
  row(
    'practitionerMinutes',
    'May the practitioner’s own minutes go into the staff pool?',
    ['pool', 'keep_apart'],
    '2017-01',
    'Answered by CMS in 2017; the wording of the code set of today was not read.',
    'S',
    [sources.cmsFaq2017],
  ),
  row(
    'personalAddOnCap',
    'How many further blocks of the practitioner’s own care are paid in a month?',
    ['none', 'two'],
    '2022-01',
    'The code set names no cap; one vendor says two, and the medically-unlikely-edit value was not found.',
    'S2',
    [sources.fieldKnowledge],
  ),
  row(
    'sameGroup',
    'What of a service that a colleague of the same group and specialty billed?',
    ['warn', 'hold'],
    '2015-01',
    'Exclusivity is told by NPI; many edits treat a group of one specialty as one practitioner.',
    'K',
    [sources.fieldKnowledge],
  ),
  row(
    'apcmElsewhere',
    'What of advanced primary care billed by another practice in the month?',
    ['hold', 'refuse', 'allow'],
    '2025-01',
    'Medicare expects one practitioner as the focal point; no text about an unrelated practice was read.',
    'K',
    [sources.aafpApcm, sources.fieldKnowledge],
  ),
  row(
    'uncertainNeighbors',
    'May services stand beside CCM of which only the field says that they may?',
    ['allow', 'hold'],
    '2015-01',
    'Only the custom of the field says that they may; no text of Medicare that settles it was read.',
    'K',
    [sources.fieldKnowledge],
  ),
  row(
    'secondDiagnosis',
    'May a claim leave with one diagnosis code?',
    ['block', 'warn'],
    '2015-01',
    'Medicare states no minimum; reviewers and payers look for two.',
    'S',
    [sources.clinicPolicy],
  ),
]

const byId = new Map(switches.map((one) => [one.id, one]))

/** What a clinic has chosen, or the default. */
export function chosenOf<K extends SwitchId>(
  policy: PolicyFacts | null | undefined,
  id: K,
): NonNullable<PolicyFacts[K]> {
  const chosen = policy?.[id]
  if (chosen) return chosen
  // The first option of the row is one of the words of the policy's type; a test compares them.
  return byId.get(id)?.options[0] as NonNullable<PolicyFacts[K]>
}
