import type { PlanDiff } from '@keepwell/contract'
import { VisuallyHidden } from '@mantine/core'
import { EmptyState } from '../../ui/index.ts'
import css from './care-plans.module.css'
import { wordRuns } from './word-runs.ts'

const words = { added: 'added', removed: 'removed', changed: 'changed' } as const

/** `+3 ~1 −0`, with words for those who hear it. */
export function ChangeCounts(props: { diff: Pick<PlanDiff, 'added' | 'removed' | 'changed' | 'fromNumber'> }) {
  const { added, changed, removed, fromNumber } = props.diff
  if (fromNumber === null) return <span className={css.counts}>First plan, {added} lines</span>
  const parts = [
    [added, 'added'],
    [changed, 'changed'],
    [removed, 'removed'],
  ].filter(([count]) => count !== 0)
  return (
    <span className={css.counts}>
      {parts.length === 0 ? 'No change' : parts.map(([count, word]) => `${count} ${word}`).join(', ')}
    </span>
  )
}

/** Old and new side by side, only the lines that differ; below 700 px one under the other. */
export function PlanDiffView(props: { diff: PlanDiff }) {
  const { diff } = props
  if (diff.sections.length === 0) {
    return (
      <EmptyState title="Nothing changed since the last signature">
        The plan says the same as before, word for word.
      </EmptyState>
    )
  }
  return (
    <div className={css.diff}>
      {diff.fromNumber !== null && (
        <div className={css.diffHead} aria-hidden>
          <span>Version {diff.fromNumber}, signed</span>
          <span>Version {diff.toNumber}</span>
        </div>
      )}
      {diff.sections.map(({ section, title, changes }) => (
        <section key={section} aria-label={title}>
          <h3 className={css.diffTitle}>{title}</h3>
          {changes.map((change) => (
            <div
              key={change.key}
              className={css.change}
              data-kind={change.kind}
              data-first={diff.fromNumber === null || undefined}
            >
              <VisuallyHidden>{words[change.kind]}: </VisuallyHidden>
              {diff.fromNumber !== null && (
                <div className={css.old}>
                  {change.before === null ? (
                    <span className={css.nothing}>not there</span>
                  ) : (
                    <Marked text={change.before} other={change.after} as="del" />
                  )}
                </div>
              )}
              <div className={css.new}>
                {change.after === null ? (
                  <span className={css.nothing}>taken out</span>
                ) : (
                  <Marked text={change.after} other={change.before} as="ins" />
                )}
              </div>
            </div>
          ))}
        </section>
      ))}
    </div>
  )
}

/** One side's text with the words marked that the other side does not have in that place. */
function Marked(props: { text: string; other: string | null; as: 'ins' | 'del' }) {
  const { text, other, as: Mark } = props
  if (other === null) return <>{text}</>
  let at = 0
  return (
    <>
      {wordRuns(text, other).map((run) => {
        at += run.words.length
        return run.shared ? (
          <span key={at}>{run.words}</span>
        ) : (
          <span key={at}>
            <Mark>{run.words.trimEnd()}</Mark>{' '}
          </span>
        )
      })}
    </>
  )
}
