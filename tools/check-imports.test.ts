import { describe, expect, test } from 'vitest'
import { ambientOf, breachOf, importsOf } from './check-imports.ts'

describe('the import table finds what is planted', () => {
  test.each([
    ['packages/rules/src/x.ts', 'node:fs'],
    ['packages/rules/src/x.ts', 'zod'],
    ['packages/x12/src/x.ts', '@keepwell/rules'],
    ['packages/contract/src/x.ts', '../../../apps/server/src/app.ts'],
    ['apps/server/src/kernel/x.ts', '../db/database.ts'],
    ['apps/server/src/db/x.ts', '../features/consents/index.ts'],
    ['apps/server/src/features/claims/claims.actions.ts', '../consents/consents.store.ts'],
    ['apps/server/src/features/consents/consents.ts', './consents.store.ts'],
    ['apps/server/src/features/consents/consents.ts', '../../db/database.ts'],
    ['apps/web/src/features/consents/ConsentCard.tsx', '../../roles/biller.ts'],
    ['apps/web/src/ui/Button.tsx', '../features/consents/index.ts'],
    ['apps/web/src/api/client.ts', '../../../server/src/app.ts'],
  ])('%s must not import %s', (file, specifier) => {
    expect(breachOf(file, specifier)).not.toBeNull()
  })

  test.each([
    ['apps/server/src/features/consents/consents.actions.ts', '../clinics/index.ts'],
    ['apps/server/src/features/consents/consents.ts', '@keepwell/rules'],
    ['packages/contract/src/x.ts', 'zod'],
  ])('%s may import %s', (file, specifier) => {
    expect(breachOf(file, specifier)).toBeNull()
  })

  test('imports over several lines and dynamic ones are seen', () => {
    expect(
      importsOf(
        "import {\n  a,\n  b,\n} from './one.ts'\nexport type * from './two.ts'\nimport './three.ts'\nconst x = await import('./four.ts')",
      ),
    ).toEqual(['./one.ts', './two.ts', './three.ts', './four.ts'])
  })

  test('a clock in the core is seen, one in a comment is not', () => {
    expect(ambientOf('apps/server/src/features/months/months.ts', 'const now = Date.now()')).not.toBeNull()
    expect(ambientOf('apps/server/src/features/months/months.ts', '// Date.now() is not used')).toBeNull()
  })
})
