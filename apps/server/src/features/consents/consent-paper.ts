import { paragraph, picture, printPaper, table } from '../../print/paper.ts'
import { dayWords, instantWords } from '../../print/words.ts'
import type { PatientIdentity } from '../patients/index.ts'
import type { ConsentRow } from './consents.store.ts'

const words = {
  en: {
    patient: 'Patient',
    born: 'Born',
    signer: 'Signed by',
    on: 'Given on',
    how: 'How',
    by: 'Taken by',
    recorded: 'Recorded',
    withdrawn: 'Withdrawn',
    ends: 'ends on',
    witness: 'Witness',
    kind: {
      drawn: 'Signature drawn',
      typed: 'Name typed as signature',
      paper: 'Paper signed and scanned',
      spoken: 'Spoken, read from the script',
    },
  },
  es: {
    patient: 'Paciente',
    born: 'Fecha de nacimiento',
    signer: 'Firmado por',
    on: 'Fecha',
    how: 'Forma',
    by: 'Tomado por',
    recorded: 'Registrado',
    withdrawn: 'Retirado',
    ends: 'termina el',
    witness: 'Testigo',
    kind: {
      drawn: 'Firma dibujada',
      typed: 'Nombre escrito como firma',
      paper: 'Papel firmado y escaneado',
      spoken: 'De palabra, leído del guion',
    },
  },
}

/** The consent as the patient takes it home: the exact words of the form, then who gave it, how and when, and the form's hash. */
export function printConsent(paper: {
  patient: PatientIdentity
  consent: ConsentRow
  formText: string
  signature: Uint8Array | null
  timeZone: string
}): Promise<Uint8Array> {
  const { patient, consent } = paper
  const w = words[consent.language]
  const [title = '', , ...lines] = paper.formText.split('\n')
  const rows = [
    [w.patient, patient.name],
    [w.born, patient.bornOn === null ? '' : dayWords(patient.bornOn, consent.language)],
    [w.signer, consent.signerName],
    [w.on, dayWords(consent.givenOn, consent.language)],
    [w.how, w.kind[consent.signature]],
    [w.by, consent.obtainedByName],
    [w.recorded, instantWords(consent.givenAt, paper.timeZone, consent.language)],
    ...(consent.witness === null ? [] : [[w.witness, consent.witness]]),
    ...(consent.revocation === null
      ? []
      : [
          [
            w.withdrawn,
            `${dayWords(consent.revocation.requestedOn, consent.language)}; ${w.ends} ${dayWords(consent.revocation.effectiveOn, consent.language)}`,
          ],
        ]),
  ]
  return printPaper(
    {
      title,
      subtitle: patient.name,
      footer: `${consent.formVersion} · SHA-256 ${consent.formSha256}`,
      language: consent.language,
      author: consent.practitionerName,
    },
    ...lines.filter((line) => line.trim() !== '').map(paragraph),
    table(rows),
    paper.signature === null ? null : picture(paper.signature, 'png'),
  )
}
