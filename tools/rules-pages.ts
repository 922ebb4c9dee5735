import {
  activities,
  adjustmentGroups,
  allRules,
  allValues,
  appealLevels,
  bookVersion,
  type Case,
  ccmCodes,
  coverage,
  credentials,
  type Dated,
  denialCauses,
  factsSchema,
  programPairs,
  programs,
  type RuleSummary,
  ruleCases,
  type Source,
  sameMonthMatrix,
  sources,
  switches,
} from '../packages/rules/src/pages.ts'

const HEADER = '<!-- Written by tools/gen.ts from packages/rules. Do not edit. -->\n\n'
const tagWords: Record<string, string> = {
  S: 'read in the source',
  S2: 'one weak source',
  K: 'common knowledge of the field, not confirmed: an organization may switch it',
  'K?': 'common knowledge with low confidence: an organization may switch it',
}

const sourceWords: Record<Source['tag'], string> = {
  S: 'read',
  S2: 'one weak source',
  K: 'known in the field, not confirmed',
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n')
const law = (one: Source): string =>
  `${one.url === undefined ? one.title : `[${one.title}](${one.url})`} (${sourceWords[one.tag]})`
const anchor = (id: string): string => id.replaceAll('.', '/')
const up = (id: string): string => '../'.repeat(id.split('.').length - 1)

function shown(value: unknown): string {
  if (value === null) return 'none'
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, one]) => `${key} ${shown(one)}`)
      .join(', ')
  return String(value)
}

function period(from: string, until: string | undefined): string {
  return until === undefined ? `from ${from}` : `from ${from}, no longer from ${until}`
}

function rulePage(rule: RuleSummary, cases: readonly Case[]): string {
  const home = up(rule.id)
  return `${HEADER}# ${rule.asks}

Rule \`${rule.id}\`, edition ${bookVersion}. [All rules](${home}README.md)

## By which law, and since when

${table(
  ['branch', 'in force', 'law'],
  rule.branches.map((branch) => [
    `${branch.exception ? 'exception ' : ''}${branch.id.replaceAll('_', ' ')}`,
    period(branch.from, branch.until),
    branch.law.map(law).join('; '),
  ]),
)}
${
  rule.values.length === 0
    ? ''
    : `\n## Values it rests on\n\n${rule.values.map((key) => `- [${key}](${home}values/${anchor(key)}.md)`).join('\n')}\n`
}
## Cases

${table(
  ['case', 'month', 'answer', 'the month'],
  cases.map((one) => [one.name, one.given.month, one.expect, one.outcome.replaceAll('_', ' ')]),
)}
`
}

function valuePage(value: Dated<unknown>): string {
  const home = up(`values.${value.key}`)
  const closed = value.nextExpected <= value.checkedThrough
  return `${HEADER}# ${value.key}

In ${value.unit}. A person compared it with its source through ${value.checkedThrough}; ${closed ? 'its time is over and no change is due' : `a change is due with ${value.nextExpected}`}. [All values](${home}README.md#values)

${table(
  ['in force', 'value', 'published', 'source'],
  value.values.map((entry) => [
    period(entry.from, entry.until),
    shown(entry.value),
    entry.published,
    law(entry.source),
  ]),
)}

Rules that rest on it: ${
    allRules()
      .filter((rule) => rule.values.includes(value.key))
      .map((rule) => `[${rule.id}](${home}${anchor(rule.id)}.md)`)
      .join(', ') || 'none by name; it is part of a table or a price'
  }.
`
}

const cellWords: Record<string, string> = {
  no: 'no',
  yes: 'yes',
  minutes_once: 'yes, a minute once',
  warn: 'yes, with a warning',
  hold: 'a person settles it',
}

function pairsPage(): string {
  const once = programPairs.filter(
    (pair) => programs.findIndex((one) => one.id === pair.one) <= programs.findIndex((one) => one.id === pair.other),
  )
  const label = (id: string): string => programs.find((one) => one.id === id)?.label ?? id
  return `${HEADER}# What may stand together in a month

Every pair of programs for one patient in one service month, by whose services they are. Where no text was read the row
says so; an organization may have such neighbors held (see the switches in the [register](README.md)).

${table(
  ['program', 'with', 'same practitioner', 'same group', 'another practice', 'why', 'how sure', 'law'],
  once.map((pair) => [
    label(pair.one),
    label(pair.other),
    cellWords[pair.same] ?? pair.same,
    cellWords[pair.sameGroup] ?? pair.sameGroup,
    cellWords[pair.elsewhere] ?? pair.elsewhere,
    pair.why,
    tagWords[pair.tag] ?? pair.tag,
    pair.law.map((one) => one.title).join('; '),
  ]),
)}

## Codes beside chronic care management

${table(
  ['codes', 'what', 'same practitioner', 'same group', 'another', 'months', 'why'],
  sameMonthMatrix.map((one) => [
    one.codes.join(', '),
    one.label,
    cellWords[one.same] ?? one.same,
    cellWords[one.sameGroup] ?? one.sameGroup,
    cellWords[one.other] ?? one.other,
    one.from || one.until ? period(one.from ?? 'always', one.until) : 'all',
    one.why,
  ]),
)}
`
}

function tablesPage(): string {
  return `${HEADER}# What counts and who counts

## Kinds of work

${table(
  ['activity', 'counts', 'why', 'how sure', 'law'],
  activities.map((one) => [
    `${one.label} (\`${one.id}\`)`,
    one.countable ? 'yes' : 'no',
    one.why,
    tagWords[one.tag] ?? one.tag,
    one.law.map((source) => source.title).join('; '),
  ]),
)}

## Credentials

${table(
  ['credential', 'minutes may count', 'may bill CCM'],
  credentials.map((one) => [`${one.label} (\`${one.id}\`)`, one.clinical ? 'yes' : 'no', one.mayBill ? 'yes' : 'no']),
)}

## Codes of chronic care management

${table(
  ['code', 'what', 'add-on to', 'since'],
  ccmCodes.map((one) => [one.code, one.label, one.addOnTo ?? '', one.firstMonth]),
)}
`
}

function indexPage(): string {
  return `${HEADER}# The rule book of Medicare care management

Edition ${bookVersion}. Written from the book itself: one page for each rule and each value.
[What may stand together in a month](pairs.md) · [What counts and who counts](tables.md) ·
[Denials and appeals](denials.md) · [The facts file](facts.schema.json)

## Register: what the book knows

${table(
  ['program', 'codes', 'known', 'compared with the law', 'what it does not know'],
  coverage.map((one) => [
    one.program,
    one.codes.join(', '),
    { full: 'decided and priced', conflicts: 'as a neighbor', none: 'not in the book' }[one.status],
    one.verifiedFrom === null ? 'not yet' : `${one.verifiedFrom} to ${one.verifiedThrough}`,
    one.gaps.join(' '),
  ]),
)}

## Switches of an organization

What rests on common knowledge has a default and may be decided otherwise in \`policy\` of the facts.

${table(
  ['switch', 'asks', 'options, the default first', 'why', 'how sure', 'law'],
  switches.map((one) => [
    `\`${one.id}\``,
    one.asks,
    one.options.join(', '),
    one.why,
    tagWords[one.tag] ?? one.tag,
    one.law.map((source) => source.title).join('; '),
  ]),
)}

## Rules

${allRules()
  .map((rule) => `- [${rule.asks}](${anchor(rule.id)}.md) \`${rule.id}\``)
  .join('\n')}

## Values

${allValues()
  .map((value) => `- [${value.key}](values/${anchor(value.key)}.md)`)
  .join('\n')}

## Sources

${table(
  ['source', 'how sure'],
  Object.values(sources).map((one) => [
    one.url === undefined ? one.title : `[${one.title}](${one.url})`,
    sourceWords[one.tag],
  ]),
)}
`
}

const stepWords = (text: string): string => text.replaceAll('_', ' ')

function denialsPage(): string {
  return `${HEADER}# Denials and appeals

## Why Medicare does not pay, and the first thing to do

The pairing with remark codes is known in the field only.

${table(
  ['reason codes', 'remarks', 'meaning', 'first step', 'whose', 'time that runs', 'appeal'],
  denialCauses.map((one) => [
    one.reasons.join(', '),
    one.remarks.join(', '),
    one.meaning,
    one.sentence,
    stepWords(one.role),
    stepWords(one.deadline),
    one.appealable ? 'yes' : 'no',
  ]),
)}

## Who bears an adjustment

${table(['group', 'who bears it'], Object.entries(adjustmentGroups))}

## Levels of appeal

${table(
  ['level', 'name', 'who decides', 'file within', 'decided within', 'amount at stake'],
  appealLevels.map((one) => [
    String(one.level),
    one.name,
    one.decides,
    `${shown(one.fileWithinDays.values[0]?.value)} days`,
    one.decidedWithinDays === null ? '' : `${shown(one.decidedWithinDays.values[0]?.value)} days`,
    one.atStakeCents === null
      ? 'none'
      : one.atStakeCents.values
          .map((entry) => `${entry.from.slice(0, 4)}: $${(entry.value / 100).toFixed(0)}`)
          .join(', '),
  ]),
)}
`
}

/** Every page of docs/rules by its path, and the schema of the facts file. */
export function rulesPages(): Map<string, string> {
  const pages = new Map<string, string>()
  const put = (path: string, text: string): void => {
    pages.set(`docs/rules/${path}`, text.replace(/\n{3,}/g, '\n\n'))
  }
  put('README.md', indexPage())
  put('pairs.md', pairsPage())
  put('tables.md', tablesPage())
  put('denials.md', denialsPage())
  put('facts.schema.json', `${JSON.stringify(factsSchema, null, 2)}\n`)
  for (const rule of allRules()) {
    put(
      `${anchor(rule.id)}.md`,
      rulePage(
        rule,
        ruleCases.filter((one) => one.rule === rule.id),
      ),
    )
  }
  for (const value of allValues()) put(`values/${anchor(value.key)}.md`, valuePage(value))
  return pages
}
