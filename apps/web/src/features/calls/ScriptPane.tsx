import type { Call, CallAnswer, CallQuestion, CallSection, CallWorkspace } from '@keepwell/contract'
import { callCan } from '@keepwell/contract'
import { IconCheck } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { KeyHint, useKeys } from '../../ui/index.ts'
import css from './calls.module.css'
import { answerText, askedOf, firstOpen, isAnswered, questionAfter } from './words.ts'

/** The script: sections by number, one question in hand, last month's answer greyed beside. */
export function ScriptPane(props: {
  call: Call
  last: CallWorkspace['last']
  onAnswer: (questionId: string, answer: CallAnswer) => void
  paused: boolean
}) {
  const { call, onAnswer } = props
  const { sections } = call.script
  const [openId, setOpenId] = useState(
    () =>
      sections.find((section) => askedOf(section, call.answers).some((one) => !isAnswered(one, call.answers)))?.id ??
      sections[0]?.id ??
      '',
  )
  const openSection = sections.find((section) => section.id === openId)
  const [current, setCurrent] = useState<string | null>(
    openSection === undefined ? null : firstOpen(openSection, call.answers),
  )
  const list = useRef<HTMLDivElement>(null)
  const reason = callCan.answer.whyNot(call)

  // The question in hand is brought into sight, also when a branch opens above it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: answers open and close branches and so move the lines
  useEffect(() => {
    if (current !== null && !props.paused) lineOf(list.current, current)?.scrollIntoView({ block: 'nearest' })
  }, [current, props.paused, call.answers])
  // Where it asks for words, the cursor waits in its field.
  useEffect(() => {
    if (current === null || props.paused) return
    lineOf(list.current, current)?.querySelector<HTMLElement>('input[type="text"]')?.focus()
  }, [current, props.paused])

  function open(section: CallSection) {
    setOpenId(section.id)
    setCurrent(firstOpen(section, call.answers))
  }
  function goOn(questionId: string, answers: Call['answers']) {
    const next = questionAfter(sections, answers, questionId)
    if (next === null) return
    setOpenId(next.sectionId)
    setCurrent(next.questionId)
  }
  function answer(question: CallQuestion, value: string | null, move: boolean) {
    if (reason !== null) return
    const given = { value, detail: call.answers[question.id]?.detail ?? null }
    onAnswer(question.id, given)
    if (move) goOn(question.id, { ...call.answers, [question.id]: given })
  }
  const inHand = sections.flatMap((section) => section.questions).find((one) => one.id === current)
  const offers = (value: string) => inHand?.options.some((option) => option.value === value) === true
  const press = (value: string) => () => {
    if (inHand !== undefined && offers(value)) answer(inHand, value, true)
    else if (value === 'no' && inHand !== undefined) goOn(inHand.id, call.answers)
  }
  useKeys([
    ...sections.slice(0, 9).map((section, index) => ({
      keys: String(index + 1),
      label: section.title,
      group: 'Script',
      run: () => open(section),
    })),
    { keys: 'y', label: 'Yes', group: 'Script', run: press('yes') },
    { keys: 'n', label: 'No; the next question where it is no yes-or-no', group: 'Script', run: press('no') },
    { keys: 'u', label: 'Unsure', group: 'Script', run: press('unsure') },
  ])

  return (
    <div ref={list} className={css.script}>
      <h2 className={css.columnTitle}>
        Script{' '}
        <span className={css.quiet}>
          {sections.findIndex((section) => section.id === openId) + 1} of {sections.length}
        </span>
      </h2>
      <ol className={css.sections}>
        {sections.map((section, index) => {
          const asked = askedOf(section, call.answers)
          const done = asked.filter((one) => isAnswered(one, call.answers)).length
          const here = section.id === openId
          return (
            <li key={section.id} className={css.section} data-open={here || undefined}>
              <button type="button" className={css.sectionHead} aria-expanded={here} onClick={() => open(section)}>
                <span className={css.sectionNumber} data-done={done === asked.length || undefined} aria-hidden>
                  {done === asked.length ? <IconCheck size={12} stroke={2.5} /> : index + 1}
                </span>
                <span>{section.title}</span>
                <span className={css.sectionCount}>
                  {done} of {asked.length}
                </span>
              </button>
              {here && (
                <div className={css.questions}>
                  {asked.map((question) => (
                    <QuestionLine
                      key={question.id}
                      question={question}
                      answer={call.answers[question.id]}
                      last={answerText(question, props.last?.answers[question.id])}
                      current={question.id === current}
                      disabled={reason !== null}
                      onFocus={() => setCurrent(question.id)}
                      onAnswer={(value, move) => answer(question, value, move)}
                      onDetail={(detail) =>
                        onAnswer(question.id, { value: call.answers[question.id]?.value ?? null, detail })
                      }
                    />
                  ))}
                </div>
              )}
            </li>
          )
        })}
      </ol>
    </div>
  )
}

function lineOf(list: HTMLElement | null, questionId: string): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-question="${CSS.escape(questionId)}"]`) ?? null
}

function QuestionLine(props: {
  question: CallQuestion
  answer: CallAnswer | undefined
  last: string | null
  current: boolean
  disabled: boolean
  onFocus: () => void
  onAnswer: (value: string | null, move: boolean) => void
  onDetail: (detail: string | null) => void
}) {
  const { question, answer } = props
  const [adding, setAdding] = useState(false)
  const value = answer?.value ?? null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings the look of a form
    <div
      role="group"
      aria-labelledby={`q-${question.id}`}
      className={css.question}
      data-question={question.id}
      data-current={props.current || undefined}
      onFocus={props.onFocus}
    >
      <p className={css.asked} id={`q-${question.id}`}>
        {question.text}
      </p>
      {question.help !== null && props.current && <p className={css.help}>{question.help}</p>}
      {question.kind === 'choice' ? (
        <div className={css.options}>
          {question.options.map((option) => (
            <button
              key={option.value}
              type="button"
              className={css.option}
              aria-pressed={value === option.value}
              disabled={props.disabled}
              // A pressed answer pressed again is taken back.
              onClick={() => props.onAnswer(value === option.value ? null : option.value, value !== option.value)}
            >
              {option.label}
              {props.current && keyOf(option.value) !== null && <KeyHint keys={keyOf(option.value) ?? ''} />}
            </button>
          ))}
          {value !== null && !adding && (answer?.detail ?? '') === '' && (
            <button type="button" className={css.add} disabled={props.disabled} onClick={() => setAdding(true)}>
              Add words
            </button>
          )}
        </div>
      ) : (
        <WordsField
          question={question}
          value={value}
          disabled={props.disabled}
          onKeep={(text) => props.onAnswer(text, false)}
          onEnter={(text) => props.onAnswer(text, true)}
        />
      )}
      {(adding || (answer?.detail ?? '') !== '') && question.kind === 'choice' && (
        <DetailField
          value={answer?.detail ?? ''}
          disabled={props.disabled}
          focus={adding}
          onKeep={(text) => {
            setAdding(false)
            props.onDetail(text)
          }}
        />
      )}
      {props.last !== null && <p className={css.last}>last month: {props.last}</p>}
    </div>
  )
}

function keyOf(value: string): string | null {
  return value === 'yes' ? 'y' : value === 'no' ? 'n' : value === 'unsure' ? 'u' : null
}

/** Words or a number: kept when one leaves the field, and by Enter, which goes on. */
function WordsField(props: {
  question: CallQuestion
  value: string | null
  disabled: boolean
  onKeep: (text: string | null) => void
  onEnter: (text: string | null) => void
}) {
  const { question } = props
  const [text, setText] = useState<string | null>(null)
  const shown = text ?? props.value ?? ''
  const fault = question.kind === 'number' && shown.trim() !== '' ? numberFault(question, shown) : null
  const clean = () => (shown.trim() === '' ? null : shown.trim())
  return (
    <span className={css.field}>
      <input
        type="text"
        className={css.input}
        aria-labelledby={`q-${question.id}`}
        aria-invalid={fault !== null}
        inputMode={question.kind === 'number' ? 'decimal' : 'text'}
        data-number={question.kind === 'number' || undefined}
        value={shown}
        disabled={props.disabled}
        maxLength={500}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => {
          if (text === null || fault !== null) return
          setText(null)
          if (clean() !== props.value) props.onKeep(clean())
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || fault !== null) return
          event.preventDefault()
          setText(null)
          event.currentTarget.blur()
          props.onEnter(clean())
        }}
      />
      {question.unit !== null && <span className={css.quiet}>{question.unit}</span>}
      {fault !== null && (
        <span className={css.fault} role="alert">
          {fault}
        </span>
      )}
    </span>
  )
}

function DetailField(props: {
  value: string
  disabled: boolean
  focus: boolean
  onKeep: (text: string | null) => void
}) {
  const [text, setText] = useState(props.value)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (props.focus) field.current?.focus()
  }, [props.focus])
  return (
    <input
      ref={field}
      type="search"
      className={css.input}
      aria-label="In their words"
      placeholder="In their words"
      value={text}
      disabled={props.disabled}
      maxLength={500}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => props.onKeep(text.trim() === '' ? null : text.trim())}
      onKeyDown={(event) => event.key === 'Enter' && !event.ctrlKey && !event.metaKey && event.currentTarget.blur()}
    />
  )
}

function numberFault(question: CallQuestion, text: string): string | null {
  const value = Number(text)
  if (!Number.isFinite(value)) return 'Write a number.'
  if (question.min !== null && value < question.min) return `At least ${question.min}.`
  return question.max !== null && value > question.max ? `At most ${question.max}.` : null
}
