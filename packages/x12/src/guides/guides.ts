import type { Kind } from '../envelope.ts'
import { guide276, guide277 } from './005010X212.ts'
import { guide277CA } from './005010X214.ts'
import { guide835 } from './005010X221A1.ts'
import { guide837P } from './005010X222A1.ts'
import { guide999 } from './005010X231A1.ts'
import { guide270, guide271 } from './005010X279A1.ts'
import type { Guide } from './guide.ts'

/** The implementation guide of a kind of set, or null where only the envelope is checked. */
export function guideOf(kind: Kind): Guide | null {
  switch (kind) {
    case '837P':
      return guide837P
    case '835':
      return guide835
    case '999':
      return guide999
    case '276':
      return guide276
    case '277':
      return guide277
    case '277CA':
      return guide277CA
    case '270':
      return guide270
    case '271':
      return guide271
    default:
      return null
  }
}
