import type { Claim, FixPlace } from '@keepwell/contract'
import { STATUS_CODES, STATUS_ENTITIES } from '@keepwell/x12'
import { assert } from '../../kernel/problem.ts'

type Fix = NonNullable<Claim['rejection']>['fixes'][number]

/** Where the cause of a status code lies, whoever it is about. */
const placeOfStatus: Readonly<Record<string, FixPlace>> = {
  '33': 'coverage',
  '88': 'coverage',
  '97': 'coverage',
  '116': 'coverage',
  '158': 'patient',
  '164': 'coverage',
  '24': 'payer',
  '54': 'payer',
  '718': 'payer',
  '746': 'payer',
  '187': 'month',
  '188': 'month',
  '249': 'clinic',
  '254': 'month',
  '255': 'month',
  '453': 'month',
  '454': 'month',
  '476': 'month',
  '507': 'month',
  '535': 'payer',
}
/** Where the data of an entity stand, for codes that only say what kind of thing is wrong. */
const placeOfEntity: Readonly<Record<string, FixPlace>> = {
  IL: 'coverage',
  QC: 'patient',
  '82': 'staff',
  DQ: 'staff',
  '85': 'clinic',
  '77': 'clinic',
  '87': 'clinic',
  '41': 'clinic',
  '40': 'clinic',
  PR: 'payer',
}

/**
 * What to mend for the codes of a refusal, such as A7:164:IL of a 277CA, each with where it is mended. Codes of a 999
 * (segment and error) and of a TA1 concern the file: the contractor or whoever looks after the program has to look.
 */
export function fixesOf(codes: readonly string[]): Fix[] {
  const known = codes.filter((code) => /^[A-Z]\d:/.test(code) && STATUS_CODES[code.split(':')[1] ?? ''] !== undefined)
  const others = codes.filter((code) => !known.includes(code))
  const ofFile: Fix[] =
    others.length === 0
      ? []
      : [
          {
            code: others.join(', '),
            meaning: 'The file itself was refused, not what one claim says',
            action: 'Compare the place that the sentence names; then correct and send anew.',
            place: 'payer',
          },
        ]
  const ofClaim = known.map((code): Fix => {
    const [, status = '', entity = null] = code.split(':')
    const words = STATUS_CODES[status]
    assert(words !== undefined, 'only known codes are told')
    const whom = entity === null ? '' : ` (${STATUS_ENTITIES[entity] ?? `entity ${entity}`})`
    return {
      code,
      meaning: `${words.meaning.charAt(0).toUpperCase()}${words.meaning.slice(1)}${whom}`,
      action: words.action,
      place: placeOfStatus[status] ?? (entity === null ? 'payer' : (placeOfEntity[entity] ?? 'payer')),
    }
  })
  return [...ofClaim, ...ofFile]
}
