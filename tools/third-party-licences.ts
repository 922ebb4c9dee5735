import { existsSync, readFileSync } from 'node:fs'

interface Manifest {
  license?: string | { type?: string }
  licenses?: { type?: string }[]
}
interface Lock {
  packages: Record<string, { version?: string; dev?: boolean; optional?: boolean; link?: boolean; license?: string }>
}

/** The page of third-party licences, from the lock file: what is shipped, then what only builds and tests. */
export function thirdPartyLicences(): string {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock
  const rows = Object.entries(lock.packages)
    .filter(([path, entry]) => path.startsWith('node_modules/') && !entry.link && !path.includes('/@keepwell/'))
    .map(([path, entry]) => ({ ...describe(path, entry), development: entry.dev === true }))
  const table = (development: boolean) => {
    const lines = [
      ...new Set(
        rows
          .filter((row) => row.development === development)
          .map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
      ),
    ].sort()
    return ['| package | version | licence |', '|---|---|---|', ...lines].join('\n')
  }
  return [
    '# Third-party licences',
    '',
    'Made from the lock file by `npm run gen`. Fonts: Inter, SIL Open Font License 1.1.',
    '',
    '## In the product',
    '',
    table(false),
    '',
    '## For building and testing only',
    '',
    table(true),
    '',
  ].join('\n')
}

/** The licence as the lock file tells it; packages for other machines are not installed here, so nothing else is read. */
function describe(path: string, entry: Lock['packages'][string]): { name: string; version: string; licence: string } {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  return { name, version: entry.version ?? '', licence: entry.license ?? licenceOf(path) }
}

function licenceOf(path: string): string {
  const file = `${path}/package.json`
  if (!existsSync(file)) return 'see package'
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8')) as Manifest
  return (
    (typeof license === 'string' ? license : license?.type) ??
    licenses?.map(({ type }) => type).join(', ') ??
    'see package'
  )
}
