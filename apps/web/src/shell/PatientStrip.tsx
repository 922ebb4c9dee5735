import { IconPhone } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useToday } from '../api/index.ts'
import { Link, yearsBetween } from '../ui/index.ts'
import css from './strip.module.css'

export interface PatientStripProps {
  name: string
  /** 'YYYY-MM-DD', null when not known. */
  bornOn: string | null
  /** Where the name leads; left out on the patient's own page. */
  to?: string
  /** "Spanish", "interpreter needed". */
  language?: string | null
  pronoun?: string | null
  phone?: string | null
  /** When calls are welcome: "best 9-11". */
  phoneWindow?: string | null
  /** The record number of the clinic. */
  recordNumber?: string | null
  /** The day of death: the strip then says so before all else. */
  diedOn?: string | null
  /** Chips: usually `<Slot name="patient.header" patientId={…} />`. */
  children?: ReactNode
}

/** Who this is, fixed on top of every page about one patient: the first thing that the eye finds. */
export function PatientStrip(props: PatientStripProps) {
  const today = useToday()
  const age = props.bornOn === null ? null : yearsBetween(props.bornOn, props.diedOn ?? today)
  const facts = [
    age === null ? 'age not known' : `${age} years`,
    props.language ?? null,
    props.pronoun ?? null,
    props.recordNumber ?? null,
  ].filter((fact) => fact !== null)
  return (
    <section className={css.strip} aria-label={`Patient ${props.name}`}>
      <div className={css.who}>
        {props.to === undefined ? (
          <strong className={css.name}>{props.name}</strong>
        ) : (
          <Link to={props.to} quiet className={css.name}>
            {props.name}
          </Link>
        )}
        {props.diedOn != null && <span className={css.died}>died {props.diedOn}</span>}
        <span className={css.facts}>{facts.join(' · ')}</span>
        {props.phone != null && (
          <span className={css.facts}>
            <IconPhone size={14} aria-hidden />
            <a href={`tel:${props.phone.replace(/[^\d+]/g, '')}`} className={css.phone}>
              {props.phone}
            </a>
            {props.phoneWindow != null && <span>{props.phoneWindow}</span>}
          </span>
        )}
      </div>
      <div className={css.chips}>{props.children}</div>
    </section>
  )
}
