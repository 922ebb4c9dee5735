import { type CarePlanContent, type PlanMerge, type PlanSectionId, planSectionTitles } from '@keepwell/contract'
import { useState } from 'react'
import { Button, ChoiceCards, Dialog, FormActions, Instant } from '../../ui/index.ts'
import css from './care-plans.module.css'

interface MergeProps {
  merge: PlanMerge | null
  mine: CarePlanContent
  saving: boolean
  onSave: (content: CarePlanContent, on: number) => void
  onClose: () => void
}

/** Somebody saved meanwhile: what comes together by itself, and the sections for which one text has to be chosen. */
export function MergeDialog(props: MergeProps) {
  return (
    <Dialog
      title="Somebody saved this plan meanwhile"
      opened={props.merge !== null}
      onClose={props.onClose}
      size="xl"
      keepOpen
    >
      {props.merge !== null && <Merge {...props} merge={props.merge} />}
    </Dialog>
  )
}

function Merge({ merge, mine, saving, onSave, onClose }: MergeProps & { merge: PlanMerge }) {
  const [choices, setChoices] = useState<Partial<Record<PlanSectionId, 'mine' | 'theirs'>>>({})
  const open = merge.conflicts.filter(({ section }) => choices[section] === undefined)
  const titles = (sections: readonly PlanSectionId[]) =>
    sections.map((section) => planSectionTitles[section]).join(', ')
  function save() {
    const content = merge.conflicts.reduce<CarePlanContent>(
      (now, { section }) => (choices[section] === 'mine' ? { ...now, [section]: mine[section] } : now),
      merge.content,
    )
    onSave(content, merge.newestNumber)
  }
  return (
    <div className={css.merge}>
      <p>
        {merge.writtenBy.name} saved version {merge.newestNumber} <Instant at={merge.writtenAt} />. Nothing of yours is
        lost.
      </p>
      {merge.takenFromOther.length > 0 && (
        <p className={css.quiet}>
          Taken from {merge.writtenBy.name}: {titles(merge.takenFromOther)}.
        </p>
      )}
      {merge.keptMine.length > 0 && <p className={css.quiet}>Kept from you: {titles(merge.keptMine)}.</p>}
      {merge.conflicts.map((conflict) => (
        <ChoiceCards
          key={conflict.section}
          legend={`${conflict.title}: both of you changed it`}
          inRow
          value={choices[conflict.section] ?? null}
          onChange={(value) => setChoices({ ...choices, [conflict.section]: value })}
          choices={[
            { value: 'mine', label: 'Mine', hint: <Lines lines={conflict.mine} /> },
            { value: 'theirs', label: `${merge.writtenBy.name}’s`, hint: <Lines lines={conflict.theirs} /> },
          ]}
        />
      ))}
      <FormActions>
        <Button
          kind="primary"
          loading={saving}
          onClick={save}
          disabledReason={open.length === 0 ? null : `Choose a text for ${open.map((one) => one.title).join(', ')}.`}
        >
          Save both together
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Back to my text
        </Button>
      </FormActions>
    </div>
  )
}

function Lines({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return <>Nothing</>
  return (
    <>
      {lines.map((line) => (
        <span key={line} className={css.mergeLine}>
          {line}
        </span>
      ))}
    </>
  )
}
