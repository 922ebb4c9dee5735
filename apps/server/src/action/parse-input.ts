import type { Spec } from '@keepwell/contract'
import { z } from 'zod'
import { type Fault, Problem } from '../kernel/problem.ts'

/**
 * Reads the parts of an input by the contract's schemas: defaults filled in, undeclared fields left out.
 * @throws Problem invalid_input with each fault's place; not_found where only an id in the address is no id.
 */
export function parseInput(
  spec: Spec,
  given: { params?: unknown; query?: unknown; body?: unknown },
): Record<string, unknown> {
  const faults: Fault[] = []
  const input: Record<string, unknown> = {}
  for (const part of ['params', 'query', 'body'] as const) {
    const schema = spec[part]
    if (schema === undefined) continue
    const parsed = z.safeParse(schema, given[part] ?? {})
    if (parsed.success) input[part] = parsed.data
    else
      faults.push(
        ...parsed.error.issues.map((issue) => ({
          path: [part, ...issue.path.map(String)].join('.'),
          message: issue.message,
        })),
      )
  }
  const [first] = faults
  if (first === undefined) return input
  // An id that is no id names nothing: the same answer as for one that does not exist.
  if (faults.every((fault) => fault.path.startsWith('params.')))
    throw new Problem('not_found', 'There is nothing under this address.')
  throw new Problem('invalid_input', `${first.path}: ${first.message} Nothing was changed.`, faults)
}
