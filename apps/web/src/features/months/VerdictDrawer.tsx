import { contract, familyNames, type MonthLine, type MonthVerdict, monthCan, roleNames } from '@keepwell/contract'
import { useState } from 'react'
import { useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  Callout,
  Drawer,
  dayText,
  Instant,
  Link,
  LocalDate,
  MinuteBar,
  Minutes,
  Money,
  moneyText,
  monthText,
  ProofTree,
  useKeys,
  Viewed,
} from '../../ui/index.ts'
import { FirstInsurer } from '../primary-decisions/index.ts'
import { ChoiceForm } from './ChoiceForm.tsx'
import { CorrectionForm } from './CorrectionForm.tsx'
import { HospiceForm } from './HospiceForm.tsx'
import {
  codesText,
  codeText,
  headline,
  hospiceWords,
  isBehindAnother,
  laneFaces,
  metText,
  ownerInSentence,
  plain,
  proofsOf,
} from './month-words.ts'
import css from './months.module.css'
import { SendBackForm } from './SendBackForm.tsx'

interface VerdictDrawerProps {
  month: string
  patientId: string | null
  onClose: () => void
  /** The patients above and below in the lane. */
  before: string | null
  after: string | null
  onGo: (patientId: string) => void
  onChanged: () => unknown
}

/** Why one patient's month may be billed or not, beside the board. */
export function VerdictDrawer(props: VerdictDrawerProps) {
  const { patientId, month } = props
  const view = useView(
    contract.months.verdict,
    { params: { month, patientId: patientId ?? '' } },
    { enabled: patientId !== null },
  )
  const shown = view.data?.patient.id === patientId ? view.data : undefined
  return (
    <Drawer
      title={shown === undefined ? monthText(month) : `${shown.patient.name}, ${monthText(month)}`}
      opened={patientId !== null}
      onClose={props.onClose}
      size={640}
    >
      {patientId !== null && (
        <div className={css.drawer}>
          <Neighbours {...props} />
          <Viewed view={{ ...view, data: shown }} what="the verdict" lines={12}>
            {(verdict) => <Verdict verdict={verdict} onChanged={props.onChanged} />}
          </Viewed>
        </div>
      )}
    </Drawer>
  )
}

function Neighbours(props: VerdictDrawerProps) {
  const go = (id: string | null) => () => (id === null ? undefined : props.onGo(id))
  useKeys([
    { keys: 'n', label: 'Next patient', group: 'Month board', run: go(props.after) },
    { keys: 'p', label: 'Patient before', group: 'Month board', run: go(props.before) },
  ])
  return (
    <div className={css.drawerNav}>
      <Link to={paths.patient(props.patientId ?? '')}>Open the patient</Link>
      <span>
        <Button
          kind="quiet"
          size="xs"
          onClick={go(props.before)}
          disabledReason={props.before === null ? 'This is the first of the lane.' : null}
        >
          Before
        </Button>
        <Button
          kind="quiet"
          size="xs"
          onClick={go(props.after)}
          disabledReason={props.after === null ? 'This is the last of the lane.' : null}
        >
          Next
        </Button>
      </span>
    </div>
  )
}

function Verdict({ verdict, onChanged }: { verdict: MonthVerdict; onChanged: () => unknown }) {
  const can = useCan()
  const { minutes } = verdict
  const leftOut = minutes.leftOut.reduce((sum, one) => sum + one.seconds, 0)
  return (
    <>
      <Callout state={laneFaces[verdict.lane].state} title={headline(verdict)}>
        <p>
          {verdict.lane === 'ready'
            ? `${verdict.totalCents === null ? '' : `${moneyText(verdict.totalCents)} allowed. `}${laneFaces.ready.says}`
            : laneFaces[verdict.lane].says}
        </p>
      </Callout>

      {verdict.fixes.length > 0 && (
        <Part title={verdict.fixes.length === 1 ? 'What is missing' : `What is missing: ${verdict.fixes.length} steps`}>
          <ul className={css.steps}>
            {verdict.fixes.map((fix) => (
              <Step key={fix.id} fix={fix} verdict={verdict} onChanged={onChanged} />
            ))}
          </ul>
        </Part>
      )}

      {isBehindAnother(verdict) && (
        <Part title="The insurer that pays first">
          <FirstInsurer month={verdict.month} patientId={verdict.patient.id} onChanged={onChanged} />
        </Part>
      )}

      <Part
        title="Minutes"
        aside={minutes.waitingSeconds > 0 && <>{<Minutes seconds={minutes.waitingSeconds} />} wait for approval</>}
      >
        <MinuteBar
          countedSeconds={minutes.countedSeconds}
          leftOutSeconds={leftOut}
          leftOutWhy={minutes.leftOut[0]?.words ?? ''}
          stepsSeconds={minutes.stepsSeconds}
        />
        {minutes.leftOut.length > 0 && (
          <dl className={css.leftOut}>
            {minutes.leftOut.map((one) => (
              <div key={one.reason} style={{ display: 'contents' }}>
                <dt>
                  <Minutes seconds={one.seconds} />
                </dt>
                <dd>{one.words}</dd>
              </div>
            ))}
          </dl>
        )}
      </Part>

      <Part title="Why" aside={metText(verdict.groups)}>
        <ProofTree
          proofs={proofsOf(verdict, can)}
          label={`Why ${verdict.patient.name} is ${laneFaces[verdict.lane].money}`}
        />
      </Part>

      {verdict.linesIfCleared.length > 0 && (
        <Part
          title={verdict.lane === 'ready' ? 'What is billed' : 'What would be billed'}
          aside={verdict.practitioner === null ? undefined : `under ${verdict.practitioner.name}`}
        >
          <Lines lines={verdict.linesIfCleared} />
        </Part>
      )}

      <Alternatives verdict={verdict} onChanged={onChanged} />
      <OtherPrograms verdict={verdict} onChanged={onChanged} />

      {verdict.state === 'closed' && can('month:close') && <CorrectionForm verdict={verdict} onChanged={onChanged} />}

      <div className={css.small}>
        {verdict.frozen === null ? (
          <>
            Assessed <Instant at={verdict.assessedAt} /> by rule book {verdict.book.version}.
          </>
        ) : (
          <>
            Frozen <Instant at={verdict.frozen.at} /> by rule book {verdict.book.version}. Hash of facts and verdict:{' '}
            <span className={css.hash}>{verdict.frozen.sha256}</span>
          </>
        )}
      </div>
    </>
  )
}

function Part(props: { title: string; aside?: React.ReactNode; children: React.ReactNode }) {
  return (
    <section className={css.part}>
      <div className={css.partHead}>
        <h3 className={css.partTitle}>{props.title}</h3>
        {props.aside && <span className={css.small}>{props.aside}</span>}
      </div>
      {props.children}
    </section>
  )
}

function Step(props: { fix: MonthVerdict['fixes'][number]; verdict: MonthVerdict; onChanged: () => unknown }) {
  const { fix, verdict } = props
  const can = useCan()
  const [doing, setDoing] = useState<'send' | 'settle' | null>(null)
  const mayDo = can('month:close') && doing === null
  const sent = verdict.sentBack.find((one) => one.doneAt === null && one.title === fix.sentence)
  const owner = ownerInSentence({ role: fix.role, person: fix.owner })
  return (
    <li className={css.step}>
      <div className={css.owner}>
        {plain(fix.sentence)}
        <span className={css.small}>
          {fix.owner === null ? roleNames[fix.role] : `${fix.owner.name}, ${roleNames[fix.role].toLowerCase()}`}
          {sent !== undefined && `. Sent, due ${sent.dueOn === null ? 'any day' : dayText(sent.dueOn)}.`}
        </span>
      </div>
      {mayDo && fix.step === 'settle_hospice' && (
        <Button size="xs" onClick={() => setDoing('settle')} disabledReason={monthCan.change.whyNot(verdict)}>
          Settle
        </Button>
      )}
      {doing === 'settle' && (
        <div className={css.stepForm}>
          <HospiceForm verdict={verdict} onDone={() => setDoing(null)} onChanged={props.onChanged} />
        </div>
      )}
      {mayDo && (
        <Button
          size="xs"
          onClick={() => setDoing('send')}
          disabledReason={
            monthCan.change.whyNot(verdict) ?? (sent === undefined ? null : 'It was sent already and is still open.')
          }
        >
          Send to {owner}
        </Button>
      )}
      {doing === 'send' && (
        <div className={css.stepForm}>
          <SendBackForm
            verdict={verdict}
            fix={fix}
            owner={owner}
            onDone={() => setDoing(null)}
            onChanged={props.onChanged}
          />
        </div>
      )}
    </li>
  )
}

function Lines({ lines }: { lines: readonly MonthLine[] }) {
  const sum = (of: (line: MonthLine) => number | null) =>
    lines.reduce<number | null>((total, line) => {
      const cents = of(line)
      return total === null || cents === null ? null : total + cents
    }, 0)
  const [first] = lines
  return (
    <>
      <table className={css.lines}>
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col">Units</th>
            <th scope="col" data-numeric>
              Allowed
            </th>
            <th scope="col" data-numeric>
              Medicare pays
            </th>
            <th scope="col" data-numeric>
              Patient
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.code}>
              <td>{codeText(line)}</td>
              <td>{line.units}</td>
              <td data-numeric>
                <Money cents={line.allowedCents} />
              </td>
              <td data-numeric>
                <Money cents={line.medicareCents} />
              </td>
              <td data-numeric>
                <Money cents={line.patientCents} />
              </td>
            </tr>
          ))}
        </tbody>
        {lines.length > 1 && (
          <tfoot>
            <tr>
              <td colSpan={2}>Together</td>
              <td data-numeric>
                <Money cents={sum((line) => line.allowedCents)} />
              </td>
              <td data-numeric>
                <Money cents={sum((line) => line.medicareCents)} />
              </td>
              <td data-numeric>
                <Money cents={sum((line) => line.patientCents)} />
              </td>
            </tr>
          </tfoot>
        )}
      </table>
      {first !== undefined && (
        <div className={css.small}>
          Dated <LocalDate day={first.dateOfService} />, for{' '}
          {first.diagnoses.length === 0 ? 'no diagnosis yet' : first.diagnoses.join(', ')}.
        </div>
      )}
    </>
  )
}

function CodesAndMoney({
  of: { lines, totalCents, differenceCents },
}: {
  of: MonthVerdict['otherPrograms'][number] | MonthVerdict['alternatives'][number]
}) {
  return (
    <>
      {codesText(lines)}
      {totalCents !== null && <>, {moneyText(totalCents)}</>}
      {differenceCents !== null && differenceCents !== 0 && (
        <span className={css.quiet}>
          {' '}
          ({moneyText(Math.abs(differenceCents))} {differenceCents > 0 ? 'more' : 'less'})
        </span>
      )}
    </>
  )
}

/** Another program asks for a record of its own: choosing it ends the month here, and it is billed elsewhere. */
function OtherPrograms({ verdict, onChanged }: { verdict: MonthVerdict; onChanged: () => unknown }) {
  const can = useCan()
  const [choosing, setChoosing] = useState<string | null>(null)
  const chosen = verdict.choice?.program?.id
  if (verdict.otherPrograms.length === 0) return null
  return (
    <Part title="Other programs instead">
      <ul className={css.steps}>
        {verdict.otherPrograms.map((one) => {
          const key = `${one.program} ${one.lines.map(({ code }) => code).join(' ')}`
          return (
            <li className={css.step} key={key}>
              <div className={css.owner}>
                <span>
                  {one.name}: <CodesAndMoney of={one} />
                </span>
                <span className={css.small}>
                  {one.why} The record must also show {one.needs.join('; ')}.
                </span>
              </div>
              {can('month:close') && choosing !== key && (
                <Button
                  size="xs"
                  onClick={() => setChoosing(key)}
                  aria-label={`Choose ${one.name}, ${codesText(one.lines)}`}
                  disabledReason={
                    monthCan.change.whyNot(verdict) ?? (chosen === one.program ? 'It is chosen already.' : null)
                  }
                >
                  Choose
                </Button>
              )}
              {choosing === key && (
                <div className={css.stepForm}>
                  <ChoiceForm
                    verdict={verdict}
                    family={null}
                    program={one.program}
                    verb={`Choose ${one.name.toLowerCase()}`}
                    onDone={() => setChoosing(null)}
                    onChanged={onChanged}
                  />
                </div>
              )}
            </li>
          )
        })}
      </ul>
    </Part>
  )
}

/** What was chosen, in one phrase: a family or another program, a practitioner, how the care stands to the hospice. */
function chosenText({ family, program, practitioner, hospiceCare }: NonNullable<MonthVerdict['choice']>): string {
  const what = program?.name.toLowerCase() ?? (family === null ? null : familyNames[family])
  const hospice = hospiceCare === null ? null : `that the care was ${hospiceWords[hospiceCare].label}`
  return [what, practitioner?.name ?? null, hospice].filter((part) => part !== null).join(' and ')
}

function Alternatives({ verdict, onChanged }: { verdict: MonthVerdict; onChanged: () => unknown }) {
  const can = useCan()
  const [choosing, setChoosing] = useState<string | null>(null)
  const whyNot = monthCan.change.whyNot(verdict)
  const others = verdict.practitioners.filter(({ id }) => id !== verdict.practitioner?.id)
  const mayChoose = can('month:close')
  if (verdict.alternatives.length === 0 && verdict.choice === null && (others.length === 0 || !mayChoose)) return null
  return (
    <Part title="Other ways to bill">
      <ul className={css.steps}>
        {verdict.choice !== null && (
          <li className={css.step}>
            <div className={css.owner}>
              <span>
                {verdict.choice.by.name} chose {chosenText(verdict.choice)}: {verdict.choice.reason}
              </span>
              <span className={css.small}>
                <Instant at={verdict.choice.at} />
              </span>
            </div>
            {mayChoose && choosing !== 'back' && (
              <Button size="xs" onClick={() => setChoosing('back')} disabledReason={whyNot}>
                Take back
              </Button>
            )}
            {choosing === 'back' && (
              <div className={css.stepForm}>
                <ChoiceForm
                  verdict={verdict}
                  family={null}
                  verb="Take the choice back"
                  onDone={() => setChoosing(null)}
                  onChanged={onChanged}
                />
              </div>
            )}
          </li>
        )}
        {verdict.alternatives.map((one) => (
          <li className={css.step} key={one.family}>
            <div className={css.owner}>
              <span>
                {familyNames[one.family]}: <CodesAndMoney of={one} />
              </span>
              <span className={css.small}>The record reaches it too. Choosing it needs your reason.</span>
            </div>
            {mayChoose && choosing !== one.family && (
              <Button size="xs" onClick={() => setChoosing(one.family)} disabledReason={whyNot}>
                Choose
              </Button>
            )}
            {choosing === one.family && (
              <div className={css.stepForm}>
                <ChoiceForm
                  verdict={verdict}
                  family={one.family}
                  verb={`Choose ${familyNames[one.family]}`}
                  onDone={() => setChoosing(null)}
                  onChanged={onChanged}
                />
              </div>
            )}
          </li>
        ))}
        {mayChoose && others.length > 0 && (
          <li className={css.step}>
            <div className={css.owner}>
              Another practitioner supervised this month
              <span className={css.small}>The claim goes out under the one who did.</span>
            </div>
            {choosing !== 'practitioner' && (
              <Button size="xs" onClick={() => setChoosing('practitioner')} disabledReason={whyNot}>
                Change
              </Button>
            )}
            {choosing === 'practitioner' && (
              <div className={css.stepForm}>
                <ChoiceForm
                  verdict={verdict}
                  family={verdict.choice?.family ?? null}
                  practitioners={others}
                  verb="Bill under this practitioner"
                  onDone={() => setChoosing(null)}
                  onChanged={onChanged}
                />
              </div>
            )}
          </li>
        )}
      </ul>
    </Part>
  )
}
