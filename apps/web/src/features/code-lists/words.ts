import type { CodeList, CodeListChange, CodeListEdition, CodeListLine } from '@keepwell/contract'
import { dayText, moneyText, type State } from '../../ui/index.ts'

interface Words {
  name: string
  /** What the product does with it. */
  use: string
  /** What stands where no list of the clinic holds. */
  without: string
  /** How its file looks. */
  file: string
  /** Where it is published. */
  from: string
}

export const listWords: Record<CodeList, Words> = {
  carc: {
    name: 'Reasons of payers (CARC)',
    use: 'Its words stand on payments and denials of a day on which it holds.',
    without: "Keepwell's own wording of the reasons that care management meets.",
    file: 'Text with commas or tabs: code, text, and if you like the first and the last day of the code.',
    from: 'The official texts belong to X12: bring them in if your clinic has a licence. They change in March, July and November.',
  },
  rarc: {
    name: 'Remarks of payers (RARC)',
    use: 'Its words stand on denials of a payment of a day on which it holds.',
    without: "Keepwell's own wording of the remarks that care management meets.",
    file: 'Text with commas or tabs: code, text, and if you like the first and the last day of the code.',
    from: 'The official texts belong to X12: bring them in if your clinic has a licence. They change in March, July and November.',
  },
  icd10cm: {
    name: 'Diagnoses (ICD-10-CM)',
    use: 'Before a claim leaves, its diagnoses are looked up on the day of service.',
    without: 'Nobody knows whether a diagnosis is billable after fiscal year 2023, and no claim is held for it.',
    file: 'The order file of CMS as it is (icd10cm-order), or text with commas or tabs: code, text, first and last day. It has to be the whole list, because what it lacks is taken for no code.',
    from: 'CMS and CDC publish it for each 1 October, and additions for 1 April; it is free.',
  },
  fees: {
    name: 'Medicare fees',
    use: 'It is kept to be looked up and compared. What a claim is expected to bring is not yet worked out from it.',
    without: "Keepwell's own schedule of 2026.",
    file: 'Text with commas or tabs: year, MAC, locality, code, non-facility, facility; amounts in dollars.',
    from: 'CMS publishes the physician fee schedule for each 1 January; your MAC shows it by locality.',
  },
}

export const changeWords: Record<CodeListChange, { word: string; state: State }> = {
  added: { word: 'New', state: 'good' },
  gone: { word: 'Gone', state: 'stop' },
  changed: { word: 'Changed', state: 'attention' },
  unchanged: { word: 'Unchanged', state: 'neutral' },
}

/** A line in words: its text or amounts, its days, and whether it is a heading. */
export function lineText(line: CodeListLine): string {
  const { text, from, to, billable, nonFacilityCents, facilityCents } = line
  return [
    text,
    nonFacilityCents === null ? '' : `${moneyText(nonFacilityCents)} non-facility`,
    facilityCents === null ? '' : `${moneyText(facilityCents)} facility`,
    from === null ? '' : `from ${dayText(from)}`,
    to === null ? '' : `until ${dayText(to)}`,
    billable === false ? 'heading, not billable' : '',
  ]
    .filter((part) => part !== '')
    .join(', ')
}

/** How an edition stands; `todayId` is the one of its list that holds today. */
export function standingOf(
  edition: CodeListEdition,
  today: string,
  todayId: string | null,
): { word: string; state: State } {
  if (edition.takenBack !== null) return { word: 'Taken back', state: 'stop' }
  if (edition.takenIn === null) return { word: 'Not taken in', state: 'attention' }
  if (edition.id === todayId) return { word: 'Holds today', state: 'good' }
  return edition.holdsFrom > today
    ? { word: 'Holds later', state: 'neutral' }
    : { word: 'Earlier list', state: 'neutral' }
}
