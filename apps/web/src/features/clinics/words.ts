/** Values of choices in words, by choice; a value that is not here is shown as it is. */
const valueWords: Record<string, Record<string, { label: string; hint?: string }>> = {
  'consent.mode': {
    written_face_to_face: {
      label: 'In writing, at a visit in person',
      hint: 'The strictest: signed while the patient is here.',
    },
    written: { label: 'In writing', hint: 'Signed here or on paper that is scanned.' },
    cms_minimum: {
      label: "Medicare's minimum",
      hint: 'By word of mouth is enough when it is documented.',
    },
  },
  'claim.date_of_service': {
    month_end: { label: 'The last day of the month' },
    threshold_date: { label: 'The day on which the minutes were reached' },
  },
  'claim.channel': {
    download: { label: 'Downloaded by hand', hint: 'The biller uploads the file at the contractor.' },
    sftp: { label: 'SFTP', hint: 'Dropped at the clearinghouse by Keepwell.' },
    simulator: { label: 'Payer simulator', hint: 'For the demo and for practice: nobody outside sees it.' },
  },
  'policy.telehealth_visit': {
    accept: { label: 'Yes, it may' },
    refuse: { label: 'No, it takes a visit in person' },
  },
  'policy.visit_day_minutes': {
    count: { label: 'They count', hint: 'Where they are distinct from the visit.' },
    leave_out: { label: 'They are left out' },
  },
  'policy.practitioner_minutes': {
    pool: { label: 'Together with the minutes of the staff' },
    keep_apart: { label: 'Kept apart from the minutes of the staff' },
  },
  'policy.personal_add_on_cap': { none: { label: 'As many as are full' }, two: { label: 'Two at the most' } },
  'policy.same_group': {
    warn: { label: 'Told, and the month stays billable' },
    hold: { label: 'The month is held until somebody settles it' },
  },
  'policy.apcm_elsewhere': {
    hold: { label: 'The month is held until somebody settles it' },
    refuse: { label: 'The month is not billed' },
    allow: { label: 'The month stays billable' },
  },
  'policy.uncertain_neighbors': {
    allow: { label: 'They may stand beside it' },
    hold: { label: 'The month is held until somebody settles it' },
  },
  'policy.second_diagnosis': {
    block: { label: 'No, two are needed' },
    warn: { label: 'Yes, with a warning' },
  },
  'claim.parties': { T: { label: 'Test files' }, P: { label: 'Real claims' } },
}

const partWords: Record<string, string> = {
  submitterId: 'Submitter number',
  submitterContact: 'Contact at the submitter',
  submitterPhone: 'Phone of the contact',
  receiverId: 'Receiver number',
  receiverName: 'Receiver',
  payerId: 'Payer number',
  payerName: 'Payer',
  usage: 'Files are',
}

/** One value of an enumeration as a card: its words and what it means. */
export function choiceWords(key: string, value: string): { label: string; hint?: string } {
  return valueWords[key]?.[value] ?? { label: value.replaceAll('_', ' ') }
}

/** The label of one part of an object: `submitterId` is the submitter's number. */
export function partText(name: string): string {
  const spaced = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
  return partWords[name] ?? spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

/** What a number counts, from the end of the choice's name. */
export function unitOf(key: string): string {
  if (key.endsWith('_seconds')) return 'seconds'
  if (key.endsWith('_cents')) return 'cents'
  if (key.endsWith('_percent')) return 'percent'
  if (key.endsWith('days_back') || key.endsWith('_days')) return 'days'
  return ''
}

/** A number with its unit, and minutes where seconds are many: `15 minutes (900 seconds)`. */
export function numberText(key: string, value: number): string {
  const unit = unitOf(key)
  const counted = `${value} ${value === 1 ? unit.replace(/s$/, '') : unit}`.trim()
  if (unit !== 'seconds' || value < 120 || value % 60 !== 0) return counted
  return `${value / 60} minutes (${counted})`
}
