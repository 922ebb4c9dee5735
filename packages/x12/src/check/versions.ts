import { type Finding, finding } from '../findings.ts'
import type { Guide } from '../guides/guide.ts'
import type { SetPlace } from '../read/reading.ts'

/**
 * Whether GS08 names the guide by which the set is read; a missing addendum is only a warning. Another version
 * altogether is said of the group, and that only one of GS08 and ST03 names the guide is said of the set.
 */
export function checkVersion({ interchange, group, set }: SetPlace, guide: Guide): Finding[] {
  if ([group.version, set.version].includes(guide.version) || !group.version.startsWith('005010')) return []
  const sameGuide = group.version.slice(0, 10) === guide.version.slice(0, 10)
  return [
    finding(
      2,
      sameGuide ? 'warning' : 'error',
      'guide_version',
      `GS08 is "${group.version.slice(0, 20)}"; a set ${set.type} is checked by ${guide.version}.`,
      { interchange: interchange.control, set: set.control, element: 'GS08' },
    ),
  ]
}
