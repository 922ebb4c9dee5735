import { CloseButton, VisuallyHidden } from '@mantine/core'
import { IconFile, IconUpload } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import css from './controls.module.css'
import { Fault } from './Form.tsx'
import { sizeText } from './format.ts'

/** Takes one file by click, keyboard, drop or the camera of a tablet. The server looks at its content, not its name. */
export function FileDrop(props: {
  label: string
  /** What may be chosen, in words: "PDF, PNG or JPEG, up to 15 MB". */
  hint: string
  /** For the picker: `.pdf,image/png,image/jpeg`. */
  accept: string
  limitBytes: number
  file: File | null
  onChange: (file: File | null) => void
  fault?: string | null
}) {
  const [over, setOver] = useState(false)
  const [tooLarge, setTooLarge] = useState<string | null>(null)

  function take(file: File | undefined) {
    if (file === undefined) return
    if (file.size > props.limitBytes) {
      setTooLarge(`${file.name} has ${sizeText(file.size)}; the limit is ${sizeText(props.limitBytes)}.`)
      return
    }
    setTooLarge(null)
    props.onChange(file)
  }
  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  const fault = tooLarge ?? props.fault ?? null

  if (props.file !== null) {
    return (
      <div className={css.choices}>
        <div className={css.file}>
          <IconFile size={18} aria-hidden />
          <span className={css.fileName}>
            {props.file.name} <span className={css.dropHint}>{sizeText(props.file.size)}</span>
          </span>
          <CloseButton aria-label={`Take ${props.file.name} away`} onClick={() => props.onChange(null)} />
        </div>
        {fault !== null && <Fault>{fault}</Fault>}
      </div>
    )
  }
  return (
    <div className={css.choices}>
      <label
        className={css.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <VisuallyHidden>
          <input
            type="file"
            accept={props.accept}
            onChange={(event) => {
              take(event.currentTarget.files?.[0])
              event.currentTarget.value = ''
            }}
          />
        </VisuallyHidden>
        <IconUpload size={22} stroke={1.5} aria-hidden />
        <span>
          {props.label}: drop it here or <span className={css.dropAction}>choose a file</span>
        </span>
        <span className={css.dropHint}>{props.hint}</span>
      </label>
      {fault !== null && <Fault>{fault}</Fault>}
    </div>
  )
}
