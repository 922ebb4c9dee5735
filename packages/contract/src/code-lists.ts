import { z } from 'zod'
import { can } from './can.ts'
import { endpoint } from './endpoint.ts'
import { ById, Cents, Id, Instant, LocalDate, PageQuery, Person, pageOf, Sentence } from './models.ts'

/** Reasons and remarks of payers, diagnoses, and what Medicare pays by locality. */
export const codeListKinds = ['carc', 'rarc', 'icd10cm', 'fees'] as const
export const CodeList = z.enum(codeListKinds)
export type CodeList = z.infer<typeof CodeList>

export const CodeListEdition = z.object({
  id: Id,
  list: CodeList,
  /** From this day on, to `holdsUntil`, which is the end of a fiscal or calendar year; null where a list has no end. */
  holdsFrom: LocalDate,
  holdsUntil: LocalDate.nullable(),
  /** Where it comes from, in the words of who brought it in. */
  source: z.string(),
  fileName: z.string(),
  lines: z.int(),
  by: Person,
  at: Instant,
  /** Null: it was brought in and nothing uses it yet. */
  takenIn: z.object({ by: Person, at: Instant }).nullable(),
  takenBack: z.object({ by: Person, at: Instant, reason: z.string() }).nullable(),
})
export type CodeListEdition = z.infer<typeof CodeListEdition>

export const CodeListLine = z.object({
  text: z.string(),
  /** First and last day of the code; null where the list names none. */
  from: LocalDate.nullable(),
  to: LocalDate.nullable(),
  /** Of a diagnosis: false is a heading that needs further characters. Null where the file does not say. */
  billable: z.boolean().nullable(),
  /** Of a fee; null in the other lists. */
  nonFacilityCents: Cents.nullable(),
  facilityCents: Cents.nullable(),
})
export type CodeListLine = z.infer<typeof CodeListLine>

export const CodeListChange = z.enum(['added', 'gone', 'changed', 'unchanged'])
export type CodeListChange = z.infer<typeof CodeListChange>

export const codeListCan = {
  takeIn: can<Pick<CodeListEdition, 'takenIn' | 'takenBack'>>(({ takenIn, takenBack }) =>
    takenBack !== null ? 'It was taken back.' : takenIn !== null ? 'It is taken in already.' : null,
  ),
  takeBack: can<Pick<CodeListEdition, 'takenBack'>>(({ takenBack }) =>
    takenBack === null ? null : 'It was taken back already.',
  ),
}

export const codeListLimitBytes = 32 * 1024 * 1024

export const codeLists = {
  list: endpoint({
    method: 'GET',
    path: '/code-lists',
    summary: 'Each code list: what holds today, and everything that was brought in, by the day from which it holds',
    permission: 'rule:read',
    audit: null,
    phi: false,
    errors: [],
    output: z.object({
      items: z.array(
        z.object({ list: CodeList, today: CodeListEdition.nullable(), editions: z.array(CodeListEdition) }),
      ),
    }),
  }),
  bringIn: endpoint({
    method: 'POST',
    path: '/code-lists/:list/editions',
    summary: 'Read the file of a list and keep it beside the others; nothing uses it until it is taken in',
    permission: 'import:run',
    audit: 'code_list.brought_in',
    phi: false,
    errors: ['unreadable_file', 'file_type_mismatch', 'too_large', 'bad_request'],
    params: z.object({ list: CodeList }),
    query: z.object({ name: z.string().min(1).max(300), holdsFrom: LocalDate, source: Sentence }),
    upload: { limitBytes: codeListLimitBytes },
    /** `known`: the same file was brought in before for the same day, and nothing was done. */
    output: z.object({ edition: CodeListEdition, known: z.boolean() }),
  }),
  compare: endpoint({
    method: 'GET',
    path: '/code-list-editions/:id/lines',
    summary: 'What is new, gone, changed and unchanged against the list before it, what claims have used first',
    permission: 'rule:read',
    audit: null,
    phi: false,
    errors: ['not_found'],
    params: ById,
    query: PageQuery.extend({ change: CodeListChange.optional(), search: z.string().trim().max(60).optional() }),
    output: pageOf(
      z.object({
        code: z.string(),
        /** Of a fee: the contractor and its locality, such as `13202 01`; empty in the other lists. */
        area: z.string(),
        change: CodeListChange,
        before: CodeListLine.nullable(),
        after: CodeListLine.nullable(),
        /** Claims of the last year that had this code. */
        used: z.int(),
      }),
    ).extend({
      edition: CodeListEdition,
      /** The list before it; null where there is none, and everything is new. */
      against: CodeListEdition.nullable(),
      counts: z.object({ added: z.int(), gone: z.int(), changed: z.int(), unchanged: z.int() }),
      /** Codes of last year's claims that the list does not have, the most used first; at most fifty. */
      usedNotListed: z.array(z.object({ code: z.string(), used: z.int() })),
    }),
  }),
  takeIn: endpoint({
    method: 'POST',
    path: '/code-list-editions/:id/taking-in',
    summary: 'Let a list hold from its day on',
    permission: 'import:run',
    audit: 'code_list.taken_in',
    phi: false,
    idempotent: true,
    errors: ['not_found', 'conflict'],
    params: ById,
    output: CodeListEdition,
  }),
  takeBack: endpoint({
    method: 'POST',
    path: '/code-list-editions/:id/taking-back',
    summary: 'Say that a list does not hold, with the reason; the one before it holds again',
    permission: 'import:run',
    audit: 'code_list.taken_back',
    phi: false,
    idempotent: true,
    errors: ['not_found', 'conflict'],
    params: ById,
    body: z.object({ reason: Sentence }),
    output: CodeListEdition,
  }),
}
