import { z } from 'zod'
import { roles } from './access.ts'
import { can } from './can.ts'
import { endpoint } from './endpoint.ts'
import { ById, Id, Instant, LocalDate, Month, PageQuery, Person, pageOf } from './models.ts'

export const TaskUrgency = z.enum(['now', 'today', 'normal'])
export type TaskUrgency = z.infer<typeof TaskUrgency>

/** Kinds that carry a question: done only with an answer. */
export const taskKindsWithAnswer: readonly string[] = ['clinical_question', 'escalation', 'decision']

export const Task = z.object({
  id: Id,
  patient: Person.nullable(),
  kind: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
  urgency: TaskUrgency,
  ownerRole: z.enum(roles),
  owner: Person.nullable(),
  dueOn: LocalDate.nullable(),
  /** The instant, where hours count. */
  dueAt: Instant.nullable(),
  overdue: z.boolean(),
  month: Month.nullable(),
  subjectId: Id.nullable(),
  createdBy: Person,
  createdAt: Instant,
  acknowledged: z.object({ by: Person, at: Instant }).nullable(),
  /** `answer` is null where this seat does not read clinical words. */
  done: z.object({ by: Person, at: Instant, answer: z.string().nullable() }).nullable(),
  /** Whether it is this person's to work on. */
  mine: z.boolean(),
})
export type Task = z.infer<typeof Task>

type Workable = Pick<Task, 'mine' | 'ownerRole' | 'owner' | 'acknowledged' | 'done'>
const othersWork = (task: Workable) => (task.mine ? null : 'It is on another list: only its owner may do this.')

export const taskCan = {
  acknowledge: can<Workable>((task) =>
    task.done !== null
      ? 'It is done already.'
      : task.acknowledged !== null
        ? `${task.acknowledged.by.name} has it already.`
        : othersWork(task),
  ),
  finish: can<Workable>((task) => (task.done !== null ? 'It is done already.' : othersWork(task))),
}

export const tasks = {
  list: endpoint({
    method: 'GET',
    path: '/tasks',
    summary: 'Work: mine, that of my seats, or what I asked of others',
    permission: 'task:read',
    audit: 'task.listed',
    phi: true,
    errors: ['bad_request'],
    query: PageQuery.extend({
      /** `seat` is what anybody in my seats may take; `asked` what I gave to others; `visible` all that I may see. */
      whose: z.enum(['seat', 'mine', 'asked', 'visible']).default('seat'),
      state: z.enum(['open', 'done']).default('open'),
      kind: z.string().max(60).optional(),
      patientId: Id.optional(),
    }),
    output: pageOf(Task),
  }),
  count: endpoint({
    method: 'GET',
    path: '/tasks/count',
    summary: 'How much open work waits for this person',
    permission: 'task:read',
    audit: null,
    phi: false,
    background: true,
    errors: [],
    output: z.object({ open: z.int(), dueToday: z.int(), overdue: z.int(), now: z.int() }),
  }),
  people: endpoint({
    method: 'GET',
    path: '/tasks/people',
    summary: 'Who can be given work',
    permission: 'task:create',
    audit: null,
    phi: false,
    errors: [],
    output: z.object({ items: z.array(Person.extend({ title: z.string(), roles: z.array(z.enum(roles)) })) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/tasks',
    summary: 'Give a person or a seat something to do',
    permission: 'task:create',
    audit: 'task.created',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'invalid_input'],
    body: z.object({
      patientId: Id.nullable(),
      title: z.string().trim().min(3, 'Say in a few words what is to be done.').max(160),
      detail: z.string().trim().max(2000).nullable().default(null),
      urgency: TaskUrgency.default('normal'),
      ownerRole: z.enum(roles),
      ownerId: Id.nullable().default(null),
      dueOn: LocalDate.nullable().default(null),
    }),
    output: Task,
  }),
  acknowledge: endpoint({
    method: 'POST',
    path: '/tasks/:id/acknowledgment',
    summary: 'I have it',
    permission: 'task:work',
    audit: 'task.acknowledged',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict', 'forbidden'],
    params: ById,
    output: Task,
  }),
  finish: endpoint({
    method: 'POST',
    path: '/tasks/:id/completion',
    summary: 'Done, with the answer where a question was asked',
    permission: 'task:work',
    audit: 'task.done',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict', 'forbidden', 'invalid_input'],
    params: ById,
    body: z.object({ answer: z.string().trim().max(2000).default('') }),
    output: Task,
  }),
}
