import {
  type CarePlanContent,
  type PlanDiff,
  type PlanMerge,
  type PlanSectionId,
  planSections,
  planSectionTitles,
} from '@keepwell/contract'
import { canonicalJson } from '../../kernel/ids.ts'
import { planLines } from './plan-lines.ts'

/** What is different between two versions, line by line in each section; from nothing where there is no first one. */
export function planDiff(
  from: { number: number; content: CarePlanContent } | null,
  to: { number: number; content: CarePlanContent },
): PlanDiff {
  const before = new Map(
    from === null
      ? []
      : planLines(from.content).map(({ section, lines }) => [
          section,
          new Map(lines.map((line) => [line.key, line.text])),
        ]),
  )
  const counts = { added: 0, removed: 0, changed: 0 }
  // The note of what is new says why; it is not itself a change of care.
  const sections = planLines(to.content)
    .filter(({ section }) => section !== 'revision')
    .map(({ section, lines }) => {
      const old = before.get(section) ?? new Map<string, string>()
      const kept = new Set(lines.map(({ key }) => key))
      const changes: PlanDiff['sections'][number]['changes'] = []
      for (const { key, text } of lines) {
        const was = old.get(key)
        if (was === undefined) changes.push({ key, kind: 'added', before: null, after: text })
        else if (was !== text) changes.push({ key, kind: 'changed', before: was, after: text })
      }
      for (const [key, text] of old)
        if (!kept.has(key)) changes.push({ key, kind: 'removed', before: text, after: null })
      for (const { kind } of changes) counts[kind] += 1
      return { section, title: planSectionTitles[section], changes }
    })
  return {
    fromNumber: from?.number ?? null,
    toNumber: to.number,
    sections: sections.filter(({ changes }) => changes.length > 0),
    ...counts,
    cost: costOf(from?.content ?? null, to.content),
  }
}

/** What a change costs people from now on: each new or changed step with who does it and how often. */
function costOf(from: CarePlanContent | null, to: CarePlanContent): string[] {
  const before = new Map(from?.interventions.map((step) => [step.id, step]) ?? [])
  const cost: string[] = []
  for (const step of to.interventions) {
    const was = before.get(step.id)
    const words = `${step.what}${step.who === '' ? '' : ` (${[step.who, step.when].filter(Boolean).join(', ')})`}`
    if (was === undefined) cost.push(`Adds: ${words}`)
    else if (was.who !== step.who || was.when !== step.when) cost.push(`Changes: ${words}`)
  }
  const now = new Set(to.interventions.map(({ id }) => id))
  for (const [id, step] of before) if (!now.has(id)) cost.push(`Drops: ${step.what}`)
  return cost
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b)

export type Merged = Pick<PlanMerge, 'content' | 'takenFromOther' | 'keptMine' | 'conflicts'>

/**
 * Puts two people's work on one version together, section by section: what only one of them touched is taken, what
 * both touched the same way too. A section that both touched differently stays as the other saved it and is named as
 * a conflict with both texts. The notes of what is new are joined, never a conflict.
 */
export function mergePlans(base: CarePlanContent, mine: CarePlanContent, theirs: CarePlanContent): Merged {
  const content: CarePlanContent = { ...theirs }
  const merged: Omit<Merged, 'content'> = { takenFromOther: [], keptMine: [], conflicts: [] }
  for (const section of planSections) {
    if (same(mine[section], theirs[section])) continue
    if (same(mine[section], base[section])) merged.takenFromOther.push(section)
    else if (same(theirs[section], base[section])) {
      take(content, mine, section)
      merged.keptMine.push(section)
    } else if (section === 'revision') {
      content.revision = {
        note: [theirs.revision.note, mine.revision.note].filter(Boolean).join('\n').slice(0, 2000),
      }
      merged.keptMine.push(section)
    } else {
      merged.conflicts.push({
        section,
        title: planSectionTitles[section],
        mine: linesOf(mine, section),
        theirs: linesOf(theirs, section),
      })
    }
  }
  return { content, ...merged }
}

function take<K extends PlanSectionId>(into: CarePlanContent, from: CarePlanContent, section: K): void {
  into[section] = from[section]
}

function linesOf(plan: CarePlanContent, section: PlanSectionId): string[] {
  return (
    planLines(plan)
      .find((one) => one.section === section)
      ?.lines.map(({ text }) => text) ?? []
  )
}
