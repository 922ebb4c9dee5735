import { dollars } from '@keepwell/x12'
import { heading, paragraph, printPaper, table } from '../../print/paper.ts'
import { dayWords, instantWords } from '../../print/words.ts'

/** Everything that the letter and the packet say, as it lies in the store. */
export interface AppealFile {
  clinic: {
    name: string
    phone: string
    npi: string | null
    address: { lines: string[]; city: string; state: string; zip: string }
  }
  payerName: string
  patient: { name: string; bornOn: string | null; mbi: string | null }
  practitioner: { name: string; npi: string | null }
  controlNumber: string
  payerClaimNumber: string | null
  month: string
  serviceOn: string
  diagnoses: readonly string[]
  lines: readonly { code: string; units: number; chargeCents: number }[]
  decision: {
    paidOn: string
    trace: string
    code: string | null
    group: string | null
    remarks: readonly string[]
    meaning: string
  }
  amountCents: number
  evidence: readonly { label: string; text: string }[]
  time: readonly { at: Date; seconds: number; activity: string; person: string }[]
  findings: readonly string[]
  events: readonly { at: Date; sentence: string }[]
  snapshotSha256: string
  timeZone: string
  today: string
}

const monthWords = (month: string) =>
  new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-15T00:00:00Z`),
  )

/** A draft for a person to finish: what was decided, what is asked, and what the record proves. */
export function letterOf(file: AppealFile): string {
  const { decision } = file
  const reason =
    decision.code === null ? 'paid less than the fee schedule' : `denied (${decision.group}-${decision.code})`
  return [
    `${file.clinic.name}`,
    [
      ...file.clinic.address.lines,
      `${file.clinic.address.city}, ${file.clinic.address.state} ${file.clinic.address.zip}`,
    ].join(', '),
    `NPI ${file.clinic.npi ?? 'not on file'}, telephone ${file.clinic.phone}`,
    '',
    dayWords(file.today),
    '',
    `To: ${file.payerName}`,
    'Request for redetermination',
    '',
    `Beneficiary: ${file.patient.name}${file.patient.mbi === null ? '' : `, Medicare number ${file.patient.mbi}`}`,
    `Claim: ${file.payerClaimNumber ?? 'number not given'} (our number ${file.controlNumber})`,
    `Service: ${file.lines.map(({ code, units }) => `${code}${units === 1 ? '' : ` x ${units}`}`).join(', ')}, chronic care management in ${monthWords(file.month)}, date of service ${dayWords(file.serviceOn)}`,
    `Decision: ${dayWords(decision.paidOn)}, payment ${decision.trace}; ${reason}${decision.remarks.length === 0 ? '' : `, remarks ${decision.remarks.join(', ')}`}; ${dollars(file.amountCents)} in dispute`,
    '',
    'We ask you to look at this decision again and to pay the service. The record made at the time of the care shows:',
    ...file.evidence.map(({ label, text }) => `- ${label}: ${text}`),
    '',
    'The record is enclosed. Please tell us if anything else is needed.',
    '',
    `${file.practitioner.name}${file.practitioner.npi === null ? '' : `, NPI ${file.practitioner.npi}`}`,
  ].join('\n')
}

/** The letter and, behind it, what proves it: the claim, the decision, the month's record as it was frozen, and the minutes. */
export async function printPacket(file: AppealFile, letter: string): Promise<Uint8Array> {
  const { decision } = file
  return printPaper(
    {
      title: 'Request for redetermination',
      subtitle: `${file.patient.name}, claim ${file.controlNumber}`,
      footer: `${file.clinic.name}, claim ${file.controlNumber}, ${file.today}`,
      language: 'en-US',
      author: file.clinic.name,
    },
    ...letter.split('\n').map((line) => paragraph(line === '' ? ' ' : line)),
    heading('Enclosure 1: the claim'),
    table([
      ['Code', 'Units', 'Charge', 'Date of service'],
      ...file.lines.map((line) => [line.code, String(line.units), dollars(line.chargeCents), dayWords(file.serviceOn)]),
    ]),
    paragraph(`Diagnoses: ${file.diagnoses.join(', ')}. Practitioner: ${file.practitioner.name}.`),
    heading('Enclosure 2: the decision'),
    paragraph(
      `Payment ${decision.trace} of ${dayWords(decision.paidOn)}${decision.code === null ? '' : `, reason ${decision.group}-${decision.code}`}: ${decision.meaning}${decision.remarks.length === 0 ? '' : ` Remarks ${decision.remarks.join(', ')}.`}`,
    ),
    heading('Enclosure 3: the record of the month'),
    table([['What', 'On record'], ...file.evidence.map(({ label, text }) => [label, text])]),
    ...file.findings.map((finding) => paragraph(finding)),
    heading('Enclosure 4: the minutes'),
    table([
      ['When', 'Minutes', 'Work', 'By'],
      ...file.time.map((entry) => [
        instantWords(entry.at, file.timeZone),
        `${Math.floor(entry.seconds / 60)}:${String(entry.seconds % 60).padStart(2, '0')}`,
        entry.activity,
        entry.person,
      ]),
    ]),
    heading('Enclosure 5: what happened to the claim'),
    table([['When', 'What'], ...file.events.map((event) => [instantWords(event.at, file.timeZone), event.sentence])]),
    paragraph(`The month's record was frozen when it was closed; its SHA-256 is ${file.snapshotSha256}.`),
  )
}
