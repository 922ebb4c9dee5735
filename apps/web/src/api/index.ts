/**
 * How a page talks to the server. A page imports from here and from `@keepwell/contract`, nothing else.
 *
 *   const list = useView(contract.consents.list, { params: { patientId } })
 *   const revoke = useCall(contract.consents.revoke, { invalidates: [contract.consents.list] })
 *   <Button loading={revoke.isPending} onClick={() => revoke.mutate({ params: { id }, body })}>…</Button>
 *   <ErrorState error={list.error} onRetry={list.refetch} />
 *
 * Take endpoints, types, can-tables and names from the contract, never a schema at run time (`safeParse`): one
 * schema in one page brings Zod, 30 kB, into everybody's first load. Say what is missing with `disabledReason`;
 * what the server refuses comes back as faults, which `faultsByField(call.error)` puts at their fields.
 */
export { addressOf, type CallOptions, call, fileUrl } from './client.ts'
export { faultsByField, type PlainProblem, type ProblemCode, ProblemError, plainProblem } from './problem.ts'
export {
  type DeedOptions,
  keyOf,
  newKey,
  useCall,
  useDryRun,
  useView,
  type ViewOptions,
  viewKey,
} from './query.ts'
export { localDateAt, useCan, useServerClock, useServerNow, useSession, useToday } from './session.tsx'
