import { type Source, sources } from '../sources.ts'
import { type LocalDate, lastDayOf, monthOfDate } from '../time.ts'

/** How strict a clinic is about the form. It can ask for more than Medicare does, never for less. */
export type ConsentMode = 'written_face_to_face' | 'written' | 'cms_minimum'

export type ConsentStatementId = 'availability_and_cost' | 'one_practitioner' | 'right_to_stop' | 'information_sharing'

export interface ConsentStatement {
  readonly id: ConsentStatementId
  readonly en: string
  readonly es: string
  readonly required: boolean
  readonly law: readonly Source[]
}

/** What the patient must be told before care starts, in plain words. */
export const consentStatements: readonly ConsentStatement[] = [
  {
    id: 'availability_and_cost',
    en: 'We can help you with your health between visits. We call you, keep one care plan for you, and work with your other doctors. Medicare pays most of the cost. You may have to pay a share each month.',
    es: 'Podemos ayudarle con su salud entre las visitas. Le llamamos, llevamos un solo plan de cuidado para usted y trabajamos con sus otros médicos. Medicare paga la mayor parte del costo. Es posible que usted pague una parte cada mes.',
    required: true,
    law: [sources.noridianTpe, sources.mln909188],
  },
  {
    id: 'one_practitioner',
    en: 'Only one doctor or clinic can give you this care and be paid for it in the same month.',
    es: 'Solo un médico o una clínica puede darle este cuidado y cobrar por él en el mismo mes.',
    required: true,
    law: [sources.noridianTpe],
  },
  {
    id: 'right_to_stop',
    en: 'You can stop at any time. Just tell us. It ends on the last day of that month.',
    es: 'Usted puede dejarlo cuando quiera. Solo díganoslo. Termina el último día de ese mes.',
    required: true,
    law: [sources.mln909188],
  },
  {
    id: 'information_sharing',
    en: 'We may share your health information by computer with others who care for you.',
    es: 'Podemos compartir por computadora su información de salud con otras personas que le atienden.',
    required: false,
    law: [sources.pfs2015],
  },
]

export interface ConsentModeRow {
  readonly id: ConsentMode
  readonly label: string
  readonly writtenRequired: boolean
  readonly faceToFaceRequired: boolean
  /** Statements that must be on the record under this mode. */
  readonly required: readonly ConsentStatementId[]
  readonly law: readonly Source[]
}

const told: readonly ConsentStatementId[] = ['availability_and_cost', 'one_practitioner', 'right_to_stop']

export const consentModes: readonly ConsentModeRow[] = [
  {
    id: 'written_face_to_face',
    label: 'In writing, at a visit in person',
    writtenRequired: true,
    faceToFaceRequired: true,
    required: told,
    law: [sources.pfs2015, sources.txMedicalAssociation],
  },
  {
    id: 'written',
    label: 'In writing',
    writtenRequired: true,
    faceToFaceRequired: false,
    required: told,
    law: [sources.clinicPolicy],
  },
  {
    id: 'cms_minimum',
    label: 'In writing or by word of mouth, documented',
    writtenRequired: false,
    faceToFaceRequired: false,
    required: told,
    law: [sources.pfs2017],
  },
]

/** The mode of a clinic that has not chosen. */
export const DEFAULT_CONSENT_MODE: ConsentMode = 'written'

const modes = new Map<ConsentMode, ConsentModeRow>(consentModes.map((row) => [row.id, row]))

export function consentModeRow(mode: ConsentMode): ConsentModeRow {
  const row = modes.get(mode)
  if (!row) throw new RangeError(`no consent mode ${mode}`)
  return row
}

/** Everything a consent form or script needs. */
export const consent = {
  statements: consentStatements,
  modes: consentModes,
  defaultMode: DEFAULT_CONSENT_MODE,
} as const

/**
 * The last day on which care may still be given and billed after a patient asks to stop: the end of that month.
 * The patient was told so in the consent.
 */
export function stopTakesEffect(requestedOn: LocalDate): LocalDate {
  return lastDayOf(monthOfDate(requestedOn))
}
