import {
  type CarePlan,
  type Completeness,
  carePlanCan,
  carePlanGaps,
  contract,
  type PlanSectionId,
  planSections,
  planSectionTitles,
} from '@keepwell/contract'
import { Textarea } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { ProblemError, useCall, useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  Callout,
  Dialog,
  ErrorState,
  Form,
  FormActions,
  Instant,
  KeyHint,
  Page,
  Skeletons,
  StateIcon,
  say,
  useGo,
  useKeys,
  useUrlState,
} from '../../ui/index.ts'
import { PatientHeader } from '../patients/index.ts'
import { CompletenessMeter } from './CompletenessMeter.tsx'
import css from './care-plans.module.css'
import { MergeDialog } from './MergeDialog.tsx'
import { PlanStateChip } from './PlanStateChip.tsx'
import { SectionEditor } from './SectionEditor.tsx'
import { suggestionsFor } from './suggestions.ts'
import { usePlanEditor } from './use-plan-editor.ts'

/** Writes a plan section by section, with what is missing and what the templates propose beside it. */
export default function BuilderPage({ params: { planId } }: { params: { planId: string } }) {
  const view = useView(contract.carePlans.open, { params: { id: planId } })
  if (view.data === undefined) {
    return (
      <Page title="Care plan">
        {view.error === null ? (
          <Skeletons lines={10} what="the care plan" />
        ) : (
          <ErrorState error={view.error} onRetry={view.refetch} />
        )}
      </Page>
    )
  }
  return (
    <>
      <PatientHeader patientId={view.data.patient.id} to={paths.patient(view.data.patient.id, 'plan')} />
      <Builder key={view.data.id} plan={view.data} />
    </>
  )
}

/** The meter while somebody types: the gaps of the present text, with the words and law that the server gave. */
function completenessNow(known: Completeness, content: CarePlan['content']): Completeness {
  const gaps = carePlanGaps(content)
  const elements = known.elements.map((element) => ({ ...element, gap: gaps[element.key]?.gap ?? null }))
  return {
    elements,
    total: known.total,
    present: elements.filter((element) => element.gap === null).length,
    blocking: elements
      .filter((element) => element.required && element.gap !== null)
      .map((element) => `${element.label}: ${element.gap ?? ''}`),
  }
}

function Builder({ plan }: { plan: CarePlan }) {
  const can = useCan()
  const go = useGo()
  const mayWrite = can('care_plan:write') && !plan.patient.deceased
  const editor = usePlanEditor(plan)
  const [naming, setNaming] = useState(false)
  const [param, setParam] = useUrlState('section')
  const section: PlanSectionId = planSections.find((one) => one === param) ?? 'values'
  const proposal = useView(
    contract.carePlans.draft,
    { params: { patientId: plan.patient.id }, query: {} },
    { enabled: mayWrite },
  )
  const completeness = completenessNow(plan.completeness, editor.content)
  const suggestions = proposal.data === undefined ? [] : suggestionsFor(section, editor.content, proposal.data.content)
  const submit = useCall(contract.carePlans.submit, {
    invalidates: [contract.carePlans.open, contract.carePlans.get, contract.carePlans.versions],
    onDone: () => {
      void say('Submitted for signature.')
      go(paths.patient(plan.patient.id, 'plan'))
    },
  })
  const step = (by: number) => {
    const next = planSections[planSections.indexOf(section) + by]
    if (next !== undefined) setParam(next)
  }
  const first = suggestions[0]
  useKeys([
    { keys: 'j', label: 'Next section', group: 'Care plan', run: () => step(1) },
    { keys: 'k', label: 'Section before', group: 'Care plan', run: () => step(-1) },
    {
      keys: 'a',
      label: 'Accept the first suggestion',
      group: 'Care plan',
      run: () => first !== undefined && editor.change(first.accept(editor.content)),
    },
    {
      keys: 'Ctrl S',
      label: 'Save a version',
      group: 'Care plan',
      whileTyping: true,
      run: () => editor.dirty && setNaming(true),
    },
  ])
  const changed = editor.saving.error instanceof ProblemError && editor.saving.error.code === 'plan_changed'
  const saveWhyNot = !mayWrite
    ? 'Your seat reads the plan.'
    : editor.dirty
      ? null
      : 'Nothing has changed since the last version.'
  const submitWhyNot = editor.dirty
    ? 'Save the version first.'
    : carePlanCan.submit.whyNot({ state: plan.state, blocking: completeness.blocking })
  return (
    <Page
      title="Care plan"
      back={{ to: paths.patient(plan.patient.id, 'plan'), label: plan.patient.name }}
      subtitle={
        <span className={css.standing}>
          <PlanStateChip state={editor.dirty ? 'draft' : plan.state} />
          <span>
            Version {editor.base}
            {editor.dirty &&
              (editor.keptAt === null ? (
                ', changed'
              ) : (
                <>
                  , changed, kept <Instant at={editor.keptAt} only="time" />
                </>
              ))}
          </span>
        </span>
      }
      actions={
        <>
          <Button
            kind={editor.dirty ? 'primary' : 'secondary'}
            onClick={() => setNaming(true)}
            loading={editor.saving.isPending}
            disabledReason={saveWhyNot}
          >
            Save version
          </Button>
          <Button
            kind={editor.dirty ? 'secondary' : 'primary'}
            loading={submit.isPending}
            disabledReason={
              plan.state === 'returned' && !editor.dirty ? 'Change what was asked for first.' : submitWhyNot
            }
            onClick={() => submit.mutate({ params: { id: plan.id }, body: { number: editor.base } })}
          >
            Submit for signature
          </Button>
        </>
      }
    >
      {editor.restored && (
        <Callout
          state="info"
          title="This is what you typed last time"
          action={
            <Button onClick={editor.discard} loading={editor.discarding.isPending}>
              Throw it away
            </Button>
          }
        >
          <p>It was kept and is not a version yet. Save it, or throw it away to see version {plan.newest.number}.</p>
        </Callout>
      )}
      {plan.newest.returned !== null && plan.state === 'returned' && (
        <Callout state="attention" title={`${plan.newest.returned.by.name} returned this version`}>
          <p>{plan.newest.returned.reason}</p>
        </Callout>
      )}
      {editor.saving.error !== null && !changed && (
        <ErrorState error={editor.saving.error} kept="Your text is still here." />
      )}
      {editor.keepError !== null && (
        <ErrorState error={editor.keepError} kept="Your text is still here, on this page only." />
      )}
      {submit.error !== null && <ErrorState error={submit.error} />}
      <div className={css.builder}>
        <nav className={css.sections} aria-label="Sections">
          {planSections.map((one) => {
            const gap = completeness.elements.find(
              (element) => element.section === one && element.required && element.gap !== null,
            )
            return (
              <button
                key={one}
                type="button"
                className={css.sectionLink}
                aria-current={one === section ? 'true' : undefined}
                onClick={() => setParam(one)}
              >
                <StateIcon state={gap === undefined ? 'good' : 'attention'} size={14} />
                <span>{planSectionTitles[one]}</span>
                <span className={css.sectionCount}>{countOf(editor.content, one)}</span>
              </button>
            )
          })}
        </nav>
        <section className={css.editing} aria-label={planSectionTitles[section]}>
          <h2 className={css.editingTitle}>{planSectionTitles[section]}</h2>
          <SectionEditor
            key={section}
            section={section}
            plan={editor.content}
            onChange={editor.change}
            disabled={!mayWrite}
          />
        </section>
        <aside className={css.side}>
          <CompletenessMeter completeness={completeness} onGo={setParam} />
          {suggestions.length > 0 && mayWrite && (
            <section className={css.suggestions} aria-label="Suggestions">
              <div className={css.meterHead}>
                <strong>Suggested here</strong>
                <span className={css.quiet}>
                  accept the first <KeyHint keys="a" />
                </span>
              </div>
              <ul>
                {suggestions.slice(0, 12).map((one) => (
                  <li key={one.id}>
                    <button
                      type="button"
                      className={css.suggestion}
                      onClick={() => editor.change(one.accept(editor.content))}
                    >
                      <IconPlus size={14} aria-hidden />
                      <span>
                        {one.title}
                        <span className={css.itemDetail}>{one.detail}</span>
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </aside>
      </div>
      <Dialog title="Save a version" opened={naming} onClose={() => setNaming(false)} keepOpen>
        {naming && (
          <NameVersion
            before={plan.newest.number === editor.base ? plan.content.revision.note : ''}
            note={editor.content.revision.note}
            onClose={() => setNaming(false)}
            onSave={(note) => {
              setNaming(false)
              editor.save({ ...editor.content, revision: { note } })
            }}
          />
        )}
      </Dialog>
      <MergeDialog
        merge={editor.merge}
        mine={editor.content}
        saving={editor.saving.isPending}
        onClose={editor.closeMerge}
        onSave={editor.save}
      />
    </Page>
  )
}

/** Asks what is new: the note of the version before says nothing about this one. */
function NameVersion(props: { before: string; note: string; onSave: (note: string) => void; onClose: () => void }) {
  const [note, setNote] = useState(props.note === props.before ? '' : props.note)
  const whyNot = note.trim() === '' ? 'Say in a few words what is new.' : null
  return (
    <Form label="Save a version" onSubmit={() => whyNot === null && props.onSave(note.trim())}>
      <Textarea
        data-autofocus
        label="What is new in this version?"
        description="The provider reads this beside the difference"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={2000}
      />
      <FormActions>
        <Button type="submit" kind="primary" disabledReason={whyNot}>
          Save version
        </Button>
        <Button kind="quiet" onClick={props.onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}

function countOf(plan: CarePlan['content'], section: PlanSectionId): string {
  const value =
    section === 'medications'
      ? plan.medications.items
      : section === 'coordination'
        ? plan.coordination.parties
        : section === 'community'
          ? plan.community.services
          : plan[section]
  return Array.isArray(value) && value.length > 0 ? String(value.length) : ''
}
