import { z } from 'zod'
import { can } from './can.ts'
import { endpoint } from './endpoint.ts'
import { ById, Cents, Id, Instant, Month, Person, Sentence } from './models.ts'

const Code = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9]{5}$/, 'A code has five letters or digits.')
const DiagnosisStart = z
  .string()
  .trim()
  .toUpperCase()
  .transform((text) => text.replace('.', ''))
  .pipe(z.string().regex(/^[A-Z][0-9A-Z]{1,6}$/, 'Write the beginning of an ICD-10-CM code, such as E11.'))

/** What a claim is asked by an edit; all that are given have to hold together. */
export const EditConditions = z
  .object({
    /** A line of it bills this code. */
    code: Code.optional(),
    payerId: z.string().trim().min(2).max(15).optional(),
    placeOfService: z
      .string()
      .regex(/^\d{2}$/, 'A place of service has two digits.')
      .optional(),
    /** A diagnosis of it begins so. */
    diagnosis: DiagnosisStart.optional(),
    /** None of its diagnoses begins so. */
    withoutDiagnosis: DiagnosisStart.optional(),
    /** Another service of the patient in the same month has this code. */
    otherService: Code.optional(),
    qmb: z.boolean().optional(),
  })
  .strict()
  .refine((conditions) => Object.values(conditions).some((value) => value !== undefined), {
    message: 'Choose at least one condition.',
  })
export type EditConditions = z.infer<typeof EditConditions>

/** What an edit would have done to the claims that have left in the last year. */
export const BackTest = z.object({
  lookedAt: z.int(),
  stopped: z.int(),
  /** Of the stopped: claims with a denied line, claims that the payer refused at its door, claims paid without either. */
  denied: z.int(),
  refused: z.int(),
  paid: z.int(),
  /** Stopped and not decided yet. */
  undecided: z.int(),
  /** Claims of which the record does not say whether a condition holds; an edit lets them pass. */
  unknown: z.int(),
  deniedCents: Cents,
  paidCents: Cents,
  /** Whether it would have stopped the claim whose denial it was made from; null where it was made from none. */
  stopsItsDenial: z.boolean().nullable(),
})
export type BackTest = z.infer<typeof BackTest>

export const PreBillEdit = z.object({
  id: Id,
  sentence: z.string(),
  conditions: EditConditions,
  /** The conditions in words, one each. */
  words: z.array(z.string()),
  /** The denial that it was made from. */
  denial: z.object({ id: Id, cause: z.string(), claimId: Id }).nullable(),
  by: Person,
  at: Instant,
  on: z.boolean(),
  /** The newest test on past claims; null while there was none. */
  tested: z.object({ result: BackTest, by: Person, at: Instant }).nullable(),
  /** What was done with it, the newest first. */
  deeds: z.array(
    z.object({
      id: Id,
      kind: z.enum(['tested', 'switched_on', 'switched_off']),
      reason: z.string().nullable(),
      by: Person,
      at: Instant,
    }),
  ),
  /** Claims that somebody let pass all the same. */
  passed: z.int(),
})
export type PreBillEdit = z.infer<typeof PreBillEdit>

/** An edit that holds a claim. */
export const HoldingEdit = z.object({ id: Id, sentence: z.string(), words: z.array(z.string()), by: Person })
export type HoldingEdit = z.infer<typeof HoldingEdit>

export const editCan = {
  switchOn: can<Pick<PreBillEdit, 'on' | 'tested'>>(({ on, tested }) =>
    on ? 'It is on already.' : tested === null ? 'Test it on past claims first.' : null,
  ),
  switchOff: can<Pick<PreBillEdit, 'on'>>(({ on }) => (on ? null : 'It is off.')),
}

export const edits = {
  list: endpoint({
    method: 'GET',
    path: '/pre-bill-edits',
    summary: "The clinic's own edits, the ones that are on first",
    permission: 'claim:read',
    audit: null,
    phi: false,
    errors: [],
    output: z.object({ items: z.array(PreBillEdit) }),
  }),
  choices: endpoint({
    method: 'GET',
    path: '/claims/:id/edit-choices',
    summary: 'What an edit can ask of a claim like this one',
    permission: 'claim:read',
    audit: 'edit.choices_viewed',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: z.object({
      month: Month,
      codes: z.array(z.string()),
      payerId: z.string(),
      /** Null where the record does not say. */
      placeOfService: z.string().nullable(),
      diagnoses: z.array(z.string()),
      otherServices: z.array(z.string()).nullable(),
      qmb: z.boolean(),
    }),
  }),
  propose: endpoint({
    method: 'POST',
    path: '/pre-bill-edits',
    summary: 'Propose an edit that holds claims before they leave; it is off until it was tested and switched on',
    permission: 'claim:send',
    audit: 'edit.proposed',
    phi: false,
    idempotent: true,
    errors: ['not_found', 'conflict'],
    body: z.object({ sentence: Sentence, conditions: EditConditions, denialId: Id.nullable() }),
    output: PreBillEdit,
  }),
  test: endpoint({
    method: 'POST',
    path: '/pre-bill-edits/:id/back-test',
    summary: 'Test an edit on the claims that have left in the last year',
    permission: 'claim:send',
    audit: 'edit.tested',
    phi: false,
    errors: ['not_found'],
    params: ById,
    output: PreBillEdit,
  }),
  switchOn: endpoint({
    method: 'POST',
    path: '/pre-bill-edits/:id/switching-on',
    summary: 'Let an edit that was tested hold claims from now on',
    permission: 'claim:send',
    audit: 'edit.switched_on',
    phi: false,
    idempotent: true,
    errors: ['not_found', 'conflict'],
    params: ById,
    body: z.object({ reason: Sentence }),
    output: PreBillEdit,
  }),
  switchOff: endpoint({
    method: 'POST',
    path: '/pre-bill-edits/:id/switching-off',
    summary: 'Let claims pass again',
    permission: 'claim:send',
    audit: 'edit.switched_off',
    phi: false,
    idempotent: true,
    errors: ['not_found', 'conflict'],
    params: ById,
    body: z.object({ reason: Sentence }),
    output: PreBillEdit,
  }),
  letPass: endpoint({
    method: 'POST',
    path: '/claims/:id/passes',
    summary: 'Let one claim leave that an edit holds, with the reason',
    permission: 'claim:send',
    audit: 'edit.claim_passed',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict'],
    params: ById,
    body: z.object({ editId: Id, reason: Sentence }),
    output: z.object({ claimId: Id, editId: Id }),
  }),
}
