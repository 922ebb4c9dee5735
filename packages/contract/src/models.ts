import { z } from 'zod'

/** Shapes that many features share. Instants are ISO 8601 with Z, days 'YYYY-MM-DD', months 'YYYY-MM'. */
export const Id = z.uuid()
export const Instant = z.iso.datetime()
export const LocalDate = z.iso.date()
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Write the month as YYYY-MM.')
export const Cents = z.int()
export const Seconds = z.int().min(0)
export const Sentence = z.string().trim().min(1, 'Write a few words.').max(500)
export const Text = z.string().trim().max(5000)
export const Name = z.string().trim().min(1).max(120)
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export const Language = z.enum(['en', 'es'])
export type Language = z.infer<typeof Language>

/** Keyset page: at most `limit` rows after `cursor`; `nextCursor` is null on the last page. */
export const PageQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}
export const Empty = z.object({})
export const ById = z.object({ id: Id })
export const ByPatient = z.object({ patientId: Id })

/** Somebody named on screen: the person's id and name. */
export const Person = z.object({ id: Id, name: z.string() })
export type Person = z.infer<typeof Person>
