import type { CarePlanContent, Language } from '@keepwell/contract'
import { heading, list, paragraph, printPaper, table } from '../../print/paper.ts'
import { dayWords } from '../../print/words.ts'
import { planLines } from './plan-lines.ts'

const words = {
  en: {
    title: 'My care plan',
    draft: 'DRAFT, not signed',
    for: 'For',
    born: 'Born',
    doctor: 'Responsible',
    manager: 'Care manager',
    version: 'Version',
    signed: 'Signed',
    phone: 'Office',
    afterHours: 'After hours',
    intro:
      'This plan says what matters to you, what we want to reach together, and who does what. Keep it where you and those who help you can find it. Call us at any time: somebody can see this plan day and night.',
    nothing: 'Nothing yet.',
  },
  es: {
    title: 'Mi plan de cuidados',
    draft: 'BORRADOR, sin firma',
    for: 'Para',
    born: 'Fecha de nacimiento',
    doctor: 'Responsable',
    manager: 'Coordinadora de cuidados',
    version: 'Versión',
    signed: 'Firmado',
    phone: 'Consultorio',
    afterHours: 'Fuera de horario',
    intro:
      'Este plan dice lo que le importa, lo que queremos lograr juntos y quién hace qué. Guárdelo donde usted y quienes le ayudan lo encuentren. Llámenos a cualquier hora: de día y de noche alguien puede ver este plan.',
    nothing: 'Nada todavía.',
  },
}

/** The plan as the patient takes it home, in large plain sections; a draft says on its head that it is one. */
export function printPlan(paper: {
  patient: { name: string; bornOn: string | null }
  clinic: { name: string; phone: string; afterHoursPhone: string | null }
  careManager: string | null
  number: number
  content: CarePlanContent
  signed: { by: string; on: string; sha256: string } | null
  language: Language
}): Promise<Uint8Array> {
  const w = words[paper.language]
  const { patient, clinic, signed } = paper
  const rows = [
    [w.for, patient.name],
    ...(patient.bornOn === null ? [] : [[w.born, dayWords(patient.bornOn, paper.language)]]),
    ...(signed === null ? [] : [[w.signed, `${signed.by}, ${dayWords(signed.on, paper.language)}`]]),
    ...(paper.careManager === null ? [] : [[w.manager, paper.careManager]]),
    [w.phone, clinic.phone],
    ...(clinic.afterHoursPhone === null ? [] : [[w.afterHours, clinic.afterHoursPhone]]),
  ]
  const body = planLines(paper.content, paper.language).filter(
    ({ section, lines }) => lines.length > 0 && section !== 'revision',
  )
  return printPaper(
    {
      title: signed === null ? `${w.title} · ${w.draft}` : w.title,
      subtitle: `${patient.name} · ${clinic.name}`,
      language: paper.language,
      author: clinic.name,
      footer: `${w.version} ${paper.number}${signed === null ? ` · ${w.draft}` : ` · SHA-256 ${signed.sha256}`}`,
    },
    paragraph(w.intro),
    table(rows),
    ...(body.length === 0
      ? [paragraph(w.nothing)]
      : body.flatMap(({ title, lines }) => [heading(title), list(lines.map(({ text }) => text))])),
  )
}
