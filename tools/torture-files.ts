/** Where the properties stand that `npm run torture` runs with 100,000 cases each. */
export const propertyFiles: readonly string[] = [
  'packages/rules/test/properties.test.ts',
  'packages/rules/test/time.test.ts',
  'packages/rules/test/fixes.test.ts',
  'tools/torture.test.ts',
]
