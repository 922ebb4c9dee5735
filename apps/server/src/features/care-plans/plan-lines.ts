import {
  type CarePlanContent,
  type Language,
  type PlanLines,
  type PlanSectionId,
  planSections,
} from '@keepwell/contract'
import { dayWords } from '../../print/words.ts'

/** The words around what people wrote. What they wrote stays in their language. */
const words = {
  en: {
    titles: {
      values: 'What matters to me',
      problems: 'My health problems',
      outlook: 'What to expect',
      goals: 'My goals',
      interventions: 'What we will do',
      symptoms: 'Symptoms and what to do',
      medications: 'My medicines and allergies',
      function: 'Thinking, memory and daily life',
      environment: 'My home',
      caregiver: 'Who helps me',
      coordination: 'Others who care for me',
      community: 'Help in the community',
      preventive: 'Staying well',
      review: 'When we look at this plan again',
      revision: 'What is new in this plan',
    } satisfies Record<PlanSectionId, string>,
    since: 'since',
    status: { stable: 'stable', not_at_goal: 'not at goal yet', worse: 'getting worse', unknown: '' },
    expect: 'Expected',
    outlook: 'Outlook',
    now: 'Now',
    target: 'Target',
    by: 'by',
    sure: 'How sure I am',
    next: 'Next step',
    saidBy: { patient: 'my own goal', caregiver: 'my caregiver’s goal', care_team: '' },
    self: 'What I can do',
    call: 'Call us',
    emergency: 'Emergency',
    noMedications: 'I take no medicines.',
    noAllergies: 'No known allergies.',
    allergy: 'Allergy',
    reconciled: 'Gone through with me on',
    adherence: 'Taking them',
    cognition: 'Thinking and memory',
    dailyLiving: 'Daily tasks',
    mobility: 'Walking and falls',
    mood: 'Mood',
    assessed: 'Looked at on',
    home: 'Home',
    safety: 'Safety',
    transport: 'Getting around',
    food: 'Food',
    noCaregiver: 'I have no caregiver.',
    helps: 'Helps with',
    strain: 'How it is for them',
    noParties: 'Nobody else treats me now.',
    noServices: 'I need no service now.',
    community: {
      to_ask: 'to ask for',
      ordered: 'ordered',
      in_place: 'in place',
      declined: 'I do not want it',
    },
    prevention: { due: 'due', done: 'done', declined: 'I do not want it', not_applicable: 'not for me' },
    nextReview: 'Next review',
    matters: 'Matters most',
    preferences: 'My wishes',
    directive: 'Advance directive',
  },
  es: {
    titles: {
      values: 'Lo que me importa',
      problems: 'Mis problemas de salud',
      outlook: 'Lo que se puede esperar',
      goals: 'Mis metas',
      interventions: 'Lo que vamos a hacer',
      symptoms: 'Síntomas y qué hacer',
      medications: 'Mis medicinas y alergias',
      function: 'Pensamiento, memoria y vida diaria',
      environment: 'Mi casa',
      caregiver: 'Quién me ayuda',
      coordination: 'Otros que me atienden',
      community: 'Ayuda en la comunidad',
      preventive: 'Prevención',
      review: 'Cuándo revisamos este plan',
      revision: 'Qué hay de nuevo en este plan',
    } satisfies Record<PlanSectionId, string>,
    since: 'desde',
    status: { stable: 'estable', not_at_goal: 'aún no en la meta', worse: 'empeora', unknown: '' },
    expect: 'Se espera',
    outlook: 'Pronóstico',
    now: 'Ahora',
    target: 'Meta',
    by: 'para el',
    sure: 'Mi confianza',
    next: 'Próximo paso',
    saidBy: { patient: 'mi propia meta', caregiver: 'meta de quien me cuida', care_team: '' },
    self: 'Lo que puedo hacer',
    call: 'Llámenos',
    emergency: 'Emergencia',
    noMedications: 'No tomo medicinas.',
    noAllergies: 'Sin alergias conocidas.',
    allergy: 'Alergia',
    reconciled: 'Revisadas conmigo el',
    adherence: 'Cómo las tomo',
    cognition: 'Pensamiento y memoria',
    dailyLiving: 'Tareas diarias',
    mobility: 'Caminar y caídas',
    mood: 'Ánimo',
    assessed: 'Evaluado el',
    home: 'Casa',
    safety: 'Seguridad',
    transport: 'Transporte',
    food: 'Comida',
    noCaregiver: 'No tengo quien me cuide.',
    helps: 'Ayuda con',
    strain: 'Cómo se siente',
    noParties: 'Nadie más me atiende ahora.',
    noServices: 'No necesito servicios ahora.',
    community: { to_ask: 'por pedir', ordered: 'pedido', in_place: 'ya lo tengo', declined: 'no lo quiero' },
    prevention: {
      due: 'pendiente',
      done: 'hecho',
      declined: 'no lo quiero',
      not_applicable: 'no me corresponde',
    },
    nextReview: 'Próxima revisión',
    matters: 'Lo más importante',
    preferences: 'Mis deseos',
    directive: 'Directiva anticipada',
  },
}

type Words = (typeof words)['en']
interface Line {
  key: string
  text: string
}

const joined = (parts: readonly (string | null | undefined)[], by = '; '): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== '').join(by)
const named = (label: string, text: string): string | null => (text === '' ? null : `${label}: ${text}`)
const field = (key: string, label: string, text: string): Line[] =>
  text === '' ? [] : [{ key, text: `${label}: ${text}` }]
const round = (text: string): string | null => (text === '' ? null : `(${text})`)

/** A plan as people read it: every section with its lines, each under the key by which versions are compared. */
export function planLines(plan: CarePlanContent, language: Language = 'en'): PlanLines[] {
  const w: Words = words[language]
  const day = (on: string | null) => (on === null ? '' : dayWords(on, language))
  const sections: Record<PlanSectionId, Line[]> = {
    values: [
      ...field('matters', w.matters, plan.values.matters),
      ...field('preferences', w.preferences, plan.values.preferences),
      ...field('directive', w.directive, plan.values.advanceDirective),
    ],
    problems: plan.problems.map((one) => ({
      key: one.id,
      text: joined([
        joined(
          [
            one.name,
            round(joined([one.icd10, one.since === null ? null : `${w.since} ${one.since.slice(0, 4)}`], ', ')),
            named('', w.status[one.status])?.replace(/^: /, '— '),
          ],
          ' ',
        ),
        one.note,
      ]),
    })),
    outlook: plan.outlook.map((one) => ({
      key: one.id,
      text: joined(
        [
          one.problem === '' ? null : `${one.problem}.`,
          named(w.expect, one.expectedOutcome),
          named(w.outlook, one.prognosis),
        ],
        ' ',
      ),
    })),
    goals: plan.goals.map((goal) => ({
      key: goal.id,
      text: `${joined([goal.title, round(w.saidBy[goal.expressedBy])], ' ')}. ${joined([
        joined(
          [
            named(w.target, joined([goal.target, goal.unit, round(goal.measure)], ' ')),
            goal.dueOn === null ? null : `${w.by} ${day(goal.dueOn)}`,
          ],
          ' ',
        ),
        named(w.now, goal.baseline),
        goal.confidence === null ? null : `${w.sure}: ${goal.confidence}/10`,
        named(w.next, goal.nextStep),
      ])}`,
    })),
    interventions: plan.interventions.map((step) => ({
      key: step.id,
      text: joined([step.what, joined([step.who, step.when], ', ')], ' — '),
    })),
    symptoms: plan.symptoms.map((one) => ({
      key: one.id,
      text: `${one.symptom}. ${joined([named(w.self, one.selfCare), named(w.call, one.callUs), named(w.emergency, one.emergency)], ' ')}`,
    })),
    medications: [
      ...(plan.medications.noMedications ? [{ key: 'none', text: w.noMedications }] : []),
      ...plan.medications.items.map((one) => ({
        key: `m:${one.id}`,
        text: joined([joined([one.name, one.dose], ', '), one.reason, one.note], ' — '),
      })),
      ...(plan.medications.noKnownAllergies ? [{ key: 'no_allergies', text: w.noAllergies }] : []),
      ...plan.medications.allergies.map((one) => ({
        key: `a:${one.id}`,
        text: `${w.allergy}: ${joined([one.substance, round(one.reaction)], ' ')}`,
      })),
      ...field('adherence', w.adherence, plan.medications.adherence),
      ...field(
        'reconciled',
        w.reconciled,
        joined([day(plan.medications.reconciledOn), plan.medications.reconciledBy], ', '),
      ),
    ],
    function: [
      ...field('cognition', w.cognition, plan.function.cognition),
      ...field('dailyLiving', w.dailyLiving, plan.function.dailyLiving),
      ...field('mobility', w.mobility, plan.function.mobility),
      ...field('mood', w.mood, plan.function.mood),
      ...field('assessedOn', w.assessed, day(plan.function.assessedOn)),
    ],
    environment: [
      ...field('home', w.home, plan.environment.home),
      ...field('safety', w.safety, plan.environment.safety),
      ...field('transport', w.transport, plan.environment.transport),
      ...field('food', w.food, plan.environment.food),
    ],
    caregiver: plan.caregiver.none
      ? [{ key: 'none', text: w.noCaregiver }]
      : [
          ...(plan.caregiver.name === ''
            ? []
            : [
                {
                  key: 'name',
                  text: joined(
                    [plan.caregiver.name, round(joined([plan.caregiver.relationship, plan.caregiver.phone], ', '))],
                    ' ',
                  ),
                },
              ]),
          ...field('helps', w.helps, plan.caregiver.helpsWith),
          ...field('strain', w.strain, plan.caregiver.strain),
        ],
    coordination: [
      ...(plan.coordination.none ? [{ key: 'none', text: w.noParties }] : []),
      ...plan.coordination.parties.map((one) => ({
        key: one.id,
        text: joined([joined([one.name, round(joined([one.role, one.phone], ', '))], ' '), one.purpose], ' — '),
      })),
    ],
    community: [
      ...(plan.community.none ? [{ key: 'none', text: w.noServices }] : []),
      ...plan.community.services.map((one) => ({
        key: one.id,
        text: joined([one.service, one.need, w.community[one.status]], ' — '),
      })),
    ],
    preventive: plan.preventive.map((one) => ({
      key: one.id,
      text: joined([one.service, joined([w.prevention[one.status], day(one.on)], ', ')], ' — '),
    })),
    review: field('next', w.nextReview, joined([day(plan.review.nextOn), plan.review.how])),
    revision: plan.revision.note === '' ? [] : [{ key: 'note', text: plan.revision.note }],
  }
  return planSections.map((section) => ({ section, title: w.titles[section], lines: sections[section] }))
}

/** The plan as plain text: what is shown to the signer, hashed and kept. The same plan gives the same bytes. */
export function planText(plan: {
  patientName: string
  bornOn: string | null
  planId: string
  number: number
  content: CarePlanContent
  contentSha256: string
}): string {
  const body = planLines(plan.content, 'en').flatMap(({ title, lines }) => [
    '',
    `## ${title}`,
    ...(lines.length === 0 ? ['(nothing written)'] : lines.map(({ text }) => `- ${text.replace(/\s+/g, ' ')}`)),
  ])
  return [
    'Comprehensive care plan',
    `Patient: ${plan.patientName}${plan.bornOn === null ? '' : `, born ${plan.bornOn}`}`,
    `Plan ${plan.planId}, version ${plan.number}`,
    ...body,
    '',
    `Content SHA-256 ${plan.contentSha256}`,
    '',
  ].join('\n')
}
