import { Checkbox, SegmentedControl, TextInput } from '@mantine/core'
import { type PointerEvent, useEffect, useId, useRef, useState } from 'react'
import Pad from 'signature_pad'
import { sheet } from '../theme.ts'
import { Button } from './Button.tsx'
import css from './controls.module.css'

export type Signature = { kind: 'drawn'; image: string } | { kind: 'typed'; name: string; agreed: true }

/**
 * Takes a signature: drawn with finger, pen or mouse, or typed, for which the keyboard alone suffices.
 * `value` is null until it is complete.
 */
export function SignaturePad(props: {
  /** Whose signature this is, as the label says it. */
  signer: string
  value: Signature | null
  onChange: (signature: Signature | null) => void
  /** The sentence agreed to by typing the name. */
  agreement: string
}) {
  const [mode, setMode] = useState<'drawn' | 'typed'>(props.value?.kind ?? 'drawn')
  const [name, setName] = useState(props.value?.kind === 'typed' ? props.value.name : '')
  const [agreed, setAgreed] = useState(props.value?.kind === 'typed')
  const label = useId()
  const { onChange } = props

  function type(nextName: string, nextAgreed: boolean) {
    setName(nextName)
    setAgreed(nextAgreed)
    const complete = nextName.trim() !== '' && nextAgreed
    onChange(complete ? { kind: 'typed', name: nextName.trim(), agreed: true } : null)
  }

  return (
    <fieldset className={css.choices} aria-labelledby={label}>
      <div className={css.padHead}>
        <span id={label} className={css.padLabel}>
          Signature of {props.signer || 'the patient'}
        </span>
        <SegmentedControl
          value={mode}
          aria-label="How to sign"
          data={[
            { value: 'drawn', label: 'Draw' },
            { value: 'typed', label: 'Type the name' },
          ]}
          onChange={(next) => {
            setMode(next === 'typed' ? 'typed' : 'drawn')
            setName('')
            setAgreed(false)
            onChange(null)
          }}
        />
      </div>
      {mode === 'drawn' ? (
        <DrawnPad value={props.value?.kind === 'drawn' ? props.value.image : null} onChange={onChange} />
      ) : (
        <div className={css.pad}>
          <TextInput
            label="Full name, typed as the signature"
            value={name}
            autoComplete="off"
            maxLength={120}
            onChange={(event) => type(event.currentTarget.value, agreed)}
          />
          <div className={`${css.padSheet} ${css.padTyped}`} aria-hidden>
            {name || ' '}
          </div>
          <Checkbox
            label={props.agreement}
            checked={agreed}
            onChange={(event) => type(name, event.currentTarget.checked)}
          />
        </div>
      )}
    </fieldset>
  )
}

function DrawnPad(props: { value: string | null; onChange: (signature: Signature | null) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const pad = useRef<Pad | null>(null)
  const first = useRef(props.value)
  const tell = useRef(props.onChange)
  tell.current = props.onChange

  // The canvas is drawn on by a library that knows nothing of React.
  useEffect(() => {
    const sheetElement = canvas.current
    if (sheetElement === null) return
    const drawing = new Pad(sheetElement, {
      penColor: sheet.ink,
      backgroundColor: sheet.paper,
      minWidth: 0.8,
      maxWidth: 2.4,
    })
    pad.current = drawing
    function fit() {
      if (sheetElement === null) return
      const strokes = drawing.toData()
      const ratio = Math.min(2, Math.max(1, window.devicePixelRatio))
      sheetElement.width = Math.round(sheetElement.offsetWidth * ratio)
      sheetElement.height = Math.round(sheetElement.offsetHeight * ratio)
      sheetElement.getContext('2d')?.scale(ratio, ratio)
      drawing.clear()
      drawing.fromData(strokes)
    }
    fit()
    if (first.current !== null) void drawing.fromDataURL(first.current)
    const finished = () => tell.current({ kind: 'drawn', image: drawing.toDataURL('image/png') })
    drawing.addEventListener('endStroke', finished)
    const resized = new ResizeObserver(() => {
      if (!drawing.isEmpty()) fit()
    })
    resized.observe(sheetElement)
    return () => {
      resized.disconnect()
      drawing.removeEventListener('endStroke', finished)
      drawing.off()
    }
  }, [])

  return (
    <div className={css.pad}>
      <div className={css.padSheet}>
        <canvas
          ref={canvas}
          aria-label="Drawing area. To sign with the keyboard, choose Type the name."
          role="img"
          onPointerDown={(event: PointerEvent) => event.stopPropagation()}
        />
        <span className={css.padCross} aria-hidden>
          ×
        </span>
        <span className={css.padLine} aria-hidden />
      </div>
      <div>
        <Button
          kind="quiet"
          size="xs"
          disabledReason={props.value === null ? 'Nothing is drawn yet.' : null}
          onClick={() => {
            pad.current?.clear()
            props.onChange(null)
          }}
        >
          Clear
        </Button>
      </div>
    </div>
  )
}
