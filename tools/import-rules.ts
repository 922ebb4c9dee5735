/** Who may import whom, as path pairs. The first row that fits a file decides; `mayImport` lists what is open to it. */
export interface ImportRule {
  from: RegExp
  /** What the file may import inside the project; everything else of the project is closed to it. */
  mayImport: RegExp[]
  /** Packages from outside that it may import; undefined leaves them open. */
  packages?: RegExp[]
  why: string
}

const own = (pattern: string) => new RegExp(`^${pattern}`)
const kernel = own('apps/server/src/kernel/')
const contract = own('packages/contract/')
const rules = own('packages/rules/')

export const importRules: ImportRule[] = [
  {
    from: own('packages/rules/src/(?!.*\\.test\\.ts$)'),
    mayImport: [rules],
    packages: [],
    why: 'The rule book is pure: it could be published alone.',
  },
  {
    from: own('packages/x12/src/(?!.*\\.test\\.ts$)'),
    mayImport: [own('packages/x12/')],
    packages: [],
    why: 'X12 is pure: it could be published alone.',
  },
  {
    from: own('packages/fhir/src/(?!.*\\.test\\.ts$)'),
    mayImport: [own('packages/fhir/')],
    packages: [],
    why: 'FHIR mapping is pure: it could be published alone.',
  },
  {
    from: own('packages/contract/src/(?!.*\\.test\\.ts$)'),
    mayImport: [contract, rules],
    packages: [/^zod$/],
    why: 'The contract is data that server and web share.',
  },
  {
    from: own('packages/synth/src/(?!.*\\.test\\.ts$)'),
    mayImport: [own('packages/synth/'), contract, rules],
    why: 'The synthetic clinic knows no server.',
  },
  { from: kernel, mayImport: [kernel, contract], why: 'The kernel stands under everything.' },
  {
    from: own('apps/server/src/db/'),
    mayImport: [own('apps/server/src/db/'), kernel],
    why: 'The data path knows no feature.',
  },
  {
    from: own('apps/server/src/audit/'),
    mayImport: [own('apps/server/src/(audit|db|kernel)/')],
    why: 'The audit trail knows no feature.',
  },
  {
    from: own('apps/server/src/(action|http|jobs)/'),
    mayImport: [
      own('apps/server/src/(action|http|jobs|audit|db|kernel|outside)/'),
      own('apps/server/src/app\\.ts'),
      contract,
      rules,
    ],
    why: 'The shell knows no feature.',
  },
  {
    from: own('apps/server/src/outside/'),
    mayImport: [
      own('apps/server/src/(outside|kernel|db)/'),
      own('apps/server/src/config\\.ts'),
      contract,
      rules,
      own('packages/x12/'),
      own('packages/fhir/'),
    ],
    why: 'Parties outside know no feature.',
  },
  {
    from: own('apps/server/src/print/'),
    mayImport: [own('apps/server/src/(print|kernel)/')],
    why: 'Printing knows no feature.',
  },
]

/** What the rows above cannot say: one feature reaches another only through its index. */
export function featureRule(from: string, to: string): string | null {
  for (const root of ['apps/server/src/features/', 'apps/web/src/features/']) {
    if (!from.startsWith(root) || !to.startsWith(root)) continue
    const [mine] = from.slice(root.length).split('/')
    const [theirs, ...rest] = to.slice(root.length).split('/')
    const inside = from.slice(root.length).includes('/')
    if (inside && mine !== theirs && !/^index\.tsx?$/.test(rest.join('/')))
      return 'A feature is reached through its index only.'
  }
  return null
}

/** A core decides; it knows no transaction, no server and no clock. */
export function coreRule(from: string, to: string): string | null {
  const match = /^apps\/server\/src\/features\/([\w-]+)\/\1\.ts$/.exec(from)
  if (match === null) return null
  return /^apps\/server\/src\/(db|http|outside|action|jobs)\//.test(to) || /\.(store|actions|views)\.ts$/.test(to)
    ? 'A core decides from what it is given; it reaches no store, server or outside party.'
    : null
}

/** The web application knows no server, and its primitives know no feature. */
export function webRule(from: string, to: string): string | null {
  if (!from.startsWith('apps/web/')) return null
  if (to.startsWith('apps/server/')) return 'The web application reaches the server through the contract.'
  if (from.startsWith('apps/web/src/ui/') && /^apps\/web\/src\/(features|api|roles|shell)\//.test(to))
    return 'Primitives know no feature.'
  if (from.startsWith('apps/web/src/features/') && to.startsWith('apps/web/src/roles/'))
    return 'A feature asks for a permission, never for a role.'
  return null
}
