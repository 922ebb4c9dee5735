/** The kinds of value that a choice of the clinic can have, as the page can ask for them. */
export type ValueShape =
  | { kind: 'choice'; values: readonly string[] }
  | { kind: 'number'; least: number | null; most: number | null }
  | { kind: 'text'; longest: number | null; digits: number | null }
  | { kind: 'yes_no' }
  | { kind: 'parts'; parts: readonly { name: string; shape: ValueShape }[] }
  /** Any number of the same parts, one below the other. */
  | { kind: 'rows'; most: number | null; parts: readonly { name: string; shape: ValueShape }[] }
  /** A schema that this page does not know: shown, not changed. */
  | { kind: 'other' }

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** Reads the JSON Schema of a choice: enumerations, whole numbers, texts, yes or no, objects of these, and lists of such objects. */
export function shapeOf(schema: unknown): ValueShape {
  const { type, enum: values, minimum, maximum, maxLength, maxItems, pattern, properties, items } = record(schema)
  if (Array.isArray(values) && values.every((value): value is string => typeof value === 'string'))
    return { kind: 'choice', values }
  if (type === 'integer' || type === 'number')
    return { kind: 'number', least: numberOf(minimum), most: numberOf(maximum) }
  if (type === 'boolean') return { kind: 'yes_no' }
  if (type === 'string') {
    const digits = typeof pattern === 'string' ? /^\^\\d\{(\d+)\}\$$/.exec(pattern)?.[1] : undefined
    return {
      kind: 'text',
      longest: numberOf(maxLength),
      digits: digits === undefined ? null : Number(digits),
    }
  }
  if (type === 'object')
    return {
      kind: 'parts',
      parts: Object.entries(record(properties)).map(([name, part]) => ({ name, shape: shapeOf(part) })),
    }
  if (type === 'array') {
    const row = shapeOf(items)
    if (row.kind === 'parts') return { kind: 'rows', most: numberOf(maxItems), parts: row.parts }
  }
  return { kind: 'other' }
}

/** Why a value does not fit its shape, by part (`''` is the value itself), in rows as `1.cents`. Empty when it fits. */
export function faultsOf(shape: ValueShape, value: unknown): Record<string, string> {
  if (shape.kind === 'parts') {
    const faults: Record<string, string> = {}
    for (const part of shape.parts) {
      const fault = faultsOf(part.shape, record(value)[part.name])['']
      if (fault !== undefined) faults[part.name] = fault
    }
    return faults
  }
  if (shape.kind === 'rows')
    return Object.fromEntries(
      (Array.isArray(value) ? value : []).flatMap((row: unknown, at) =>
        Object.entries(faultsOf({ kind: 'parts', parts: shape.parts }, row)).map(([name, text]) => [
          `${at}.${name}`,
          text,
        ]),
      ),
    )
  const fault = faultOf(shape, value)
  return fault === null ? {} : { '': fault }
}

function faultOf(shape: Exclude<ValueShape, { kind: 'parts' | 'rows' }>, value: unknown): string | null {
  switch (shape.kind) {
    case 'choice':
      return typeof value === 'string' && shape.values.includes(value) ? null : 'Choose one.'
    case 'number': {
      if (typeof value !== 'number' || !Number.isInteger(value)) return 'A whole number is needed.'
      if (shape.least !== null && value < shape.least) return `At least ${shape.least}.`
      if (shape.most !== null && value > shape.most) return `At most ${shape.most}.`
      return null
    }
    case 'text': {
      if (typeof value !== 'string' || value.trim() === '') return 'Fill this in.'
      if (shape.digits !== null && !new RegExp(`^\\d{${shape.digits}}$`).test(value))
        return `${shape.digits} digits, without signs between them.`
      if (shape.longest !== null && value.length > shape.longest) return `At most ${shape.longest} characters.`
      return null
    }
    case 'yes_no':
      return typeof value === 'boolean' ? null : 'Choose one.'
    case 'other':
      return 'This page cannot change it.'
  }
}
