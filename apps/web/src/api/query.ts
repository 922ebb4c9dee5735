import type { AnyEndpoint, Typed } from '@keepwell/contract'
import {
  keepPreviousData,
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useRef } from 'react'
import { call } from './client.ts'
import { ProblemError } from './problem.ts'

/** The name under which the answers of an endpoint are kept; an invalidation names the endpoint alone. */
export function keyOf(endpoint: AnyEndpoint): readonly [string] {
  return [`${endpoint.spec.method} ${endpoint.spec.path}`]
}

/** What a view is kept under: the endpoint and exactly what it was asked. */
export function viewKey(endpoint: AnyEndpoint, input: unknown): readonly [string, unknown] {
  return [keyOf(endpoint)[0], input]
}

/** One store of answers for the page. Refusals are not tried again; a lost connection is, twice. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: true,
        networkMode: 'always',
        retry: retriesLostConnection,
        retryDelay: 600,
      },
      mutations: { networkMode: 'always' },
    },
  })
}

function retriesLostConnection(failures: number, error: unknown): boolean {
  return failures < 2 && error instanceof ProblemError && error.code === 'unreachable'
}

export interface ViewOptions {
  enabled?: boolean
  /** Asks again this often while the page is open. Use only with endpoints marked `background`. */
  refetchSeconds?: number
  /** Keeps showing the last answer while a changed filter loads. */
  keepPrevious?: boolean
}

/**
 * Reads an endpoint and keeps it fresh: `const view = useView(contract.consents.list, { params: { patientId } })`.
 * `view.dataUpdatedAt` is what "as of" shows.
 */
export function useView<I, S, O>(
  endpoint: Typed<I, S, O>,
  input: S,
  options: ViewOptions = {},
): UseQueryResult<O, ProblemError> {
  return useQuery<O, ProblemError>({
    queryKey: viewKey(endpoint, input),
    queryFn: ({ signal }) => call(endpoint, input, { signal }),
    enabled: options.enabled ?? true,
    refetchInterval: options.refetchSeconds === undefined ? false : options.refetchSeconds * 1000,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  })
}

/**
 * What a deed would do, asked of the server without doing it: the date that the law gives, the list of what
 * would change. Refusals arrive as `error`, before anybody has pressed the button.
 */
export function useDryRun<I, S, O>(
  endpoint: Typed<I, S, O>,
  input: S,
  options: { enabled?: boolean } = {},
): UseQueryResult<O, ProblemError> {
  return useQuery<O, ProblemError>({
    queryKey: ['dry run', ...viewKey(endpoint, input)],
    queryFn: ({ signal }) => call(endpoint, input, { signal, dryRun: true }),
    enabled: options.enabled ?? true,
    staleTime: 0,
    placeholderData: keepPreviousData,
  })
}

export interface DeedOptions<S, O> {
  /** The views that this deed makes old: every answer of these endpoints is asked for again. */
  invalidates?: readonly AnyEndpoint[]
  onDone?: (answer: O, input: S) => void
}

/**
 * Makes an endpoint callable as a deed: `revoke.mutate({ params: { id }, body })`. Each intention carries one
 * Idempotency-Key; pressing again after a lost connection repeats the same intention, so it happens once.
 */
export function useCall<I, S, O>(
  endpoint: Typed<I, S, O>,
  options: DeedOptions<S, O> = {},
): UseMutationResult<O, ProblemError, S> {
  const client = useQueryClient()
  const open = useRef<Intention | null>(null)
  return useMutation<O, ProblemError, S>({
    mutationFn: async (input) => {
      const intention = intentionFor(open.current, input)
      open.current = intention
      try {
        const answer = await call(endpoint, input, { idempotencyKey: intention.key })
        open.current = null
        return answer
      } catch (error) {
        // A refusal settles the intention; a lost answer leaves open whether the deed happened.
        if (!(error instanceof ProblemError) || error.code !== 'unreachable') open.current = null
        throw error
      }
    },
    retry: endpoint.spec.idempotent === true ? retriesLostConnection : false,
    retryDelay: 600,
    onSuccess: async (answer, input) => {
      options.onDone?.(answer, input)
      await Promise.all((options.invalidates ?? []).map((view) => client.invalidateQueries({ queryKey: keyOf(view) })))
    },
  })
}

interface Intention {
  key: string
  print: string
  file: unknown
}

/** The open intention when the input is the same as before, otherwise a new one with a key of its own. */
export function intentionFor(open: Intention | null, input: unknown): Intention {
  const { file, ...rest } = (typeof input === 'object' && input !== null ? input : {}) as { file?: unknown }
  const print = JSON.stringify(rest)
  if (open !== null && open.print === print && open.file === file) return open
  return { key: newKey(), print, file }
}

/** A random key. `crypto.randomUUID` needs a secure context, which a clinic's plain local address is not. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
