import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, normalize } from 'node:path'
import { coreRule, featureRule, importRules, webRule } from './import-rules.ts'

export interface Breach {
  from: string
  to: string
  why: string
}

/** Every import of a source text, static or dynamic. */
export function importsOf(text: string): string[] {
  const found = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'"\n]*?(?:\{[^}]*\}[^'"\n]*?)?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g,
    ),
  ]
  return found.map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '')
}

/** What the import table says of one import; null when it is allowed. */
export function breachOf(file: string, specifier: string): Breach | null {
  const target = specifier.startsWith('@keepwell/')
    ? `${specifier.replace('@keepwell/', 'packages/')}/`
    : specifier.startsWith('.')
      ? normalize(join(dirname(file), specifier))
      : null
  const rule = importRules.find(({ from }) => from.test(file))
  if (target === null) {
    const name = specifier.replace(/^node:/, '')
    const outside = rule?.packages
    if (outside !== undefined && !outside.some((pattern) => pattern.test(name))) {
      return {
        from: file,
        to: specifier,
        why: builtinModules.includes(name) ? `${rule?.why} It uses nothing of Node.` : (rule?.why ?? ''),
      }
    }
    return null
  }
  if (rule !== undefined && !rule.mayImport.some((pattern) => pattern.test(target)))
    return { from: file, to: target, why: rule.why }
  const why = featureRule(file, target) ?? coreRule(file, target) ?? webRule(file, target)
  return why === null ? null : { from: file, to: target, why }
}

/** Ambient things that a deterministic part must be given instead: clocks, chance and the environment. */
export function ambientOf(file: string, text: string): Breach | null {
  const allowed =
    /^apps\/server\/src\/(kernel\/|config\.ts|cli\.ts|cli\/|features\/users\/|db\/connect\.ts)|\.test\.tsx?$|^apps\/server\/test\/|^packages\/[^/]+\/test\/|^apps\/web\/|^tools\/|^e2e\//
  if (allowed.test(file)) return null
  const match = /\bDate\.now\(|\bMath\.random\(|\bprocess\.env\b|new Date\(\)/.exec(
    text.replace(/^\s*(\*|\/\/).*$/gm, ''),
  )
  return match === null ? null : { from: file, to: match[0], why: 'Clock, chance and environment are passed in.' }
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return ['node_modules', 'dist', 'fixtures'].includes(entry.name) ? [] : sources(path)
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.gen.ts') ? [path] : []
  })
}

export function breaches(): Breach[] {
  return ['packages', 'apps'].flatMap(sources).flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    const found = importsOf(text).map((specifier) => (file.endsWith('.test.ts') ? null : breachOf(file, specifier)))
    return [...found, ambientOf(file, text)].filter((breach) => breach !== null)
  })
}

if (import.meta.main) {
  const found = breaches()
  for (const { from, to, why } of found) console.log(`FAILED ${from} imports ${to}: ${why}`)
  console.log(found.length === 0 ? 'ok every import follows the table' : `${found.length} imports break the table`)
  process.exitCode = found.length === 0 ? 0 : 1
}
