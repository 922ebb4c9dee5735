import type { State } from '../theme.ts'
import css from './charts.module.css'
import { Link } from './Link.tsx'
import { StateIcon } from './StatusChip.tsx'

export interface Proof {
  id: string
  title: string
  /** `unknown` when a fact is missing: it never counts as no. */
  result: 'pass' | 'block' | 'unknown' | 'not_applicable'
  /** One plain sentence with the facts used. */
  sentence?: string
  /** The law or guide, as cited. */
  law?: { cite: string; url?: string }
  /** The records it rests on. */
  evidence?: readonly { label: string; to: string }[]
  because?: readonly Proof[]
}

const faces: Record<Proof['result'], { state: State; word: string }> = {
  pass: { state: 'good', word: 'met' },
  block: { state: 'stop', word: 'not met' },
  unknown: { state: 'unknown', word: 'not known' },
  not_applicable: { state: 'neutral', word: 'does not apply' },
}

/** Whether a reason, or one beneath it, stops the whole or is not known: such branches stand open. */
export function needsLook(proof: Proof): boolean {
  return proof.result === 'block' || proof.result === 'unknown' || (proof.because ?? []).some(needsLook)
}

/**
 * Why something is so: each reason with its result, law and records. What needs a look stands open, and a reason that
 * is opened shows everything beneath it, so that the law and the records are one click away.
 */
export function ProofTree(props: { proofs: readonly Proof[]; label: string; allOpen?: boolean }) {
  return (
    <ul className={css.proof} aria-label={props.label}>
      {props.proofs.map((proof) => (
        <Branch key={proof.id} proof={proof} open={props.allOpen ?? needsLook(proof)} />
      ))}
    </ul>
  )
}

function Branch({ proof, open }: { proof: Proof; open: boolean }) {
  const face = faces[proof.result]
  const more = proof.law !== undefined || (proof.evidence?.length ?? 0) > 0 || (proof.because?.length ?? 0) > 0
  const head = (
    <>
      <StateIcon state={face.state} />
      <span>
        <span className={css.leafTitle}>{proof.title}</span>
        {proof.sentence !== undefined && <div className={css.leafSentence}>{proof.sentence}</div>}
      </span>
      <span className={css.leafWord}>{face.word}</span>
    </>
  )
  if (!more) {
    return (
      <li>
        <div className={css.leaf}>{head}</div>
      </li>
    )
  }
  return (
    <li>
      <details open={open}>
        <summary className={`${css.leaf} ${css.leafOpen}`}>{head}</summary>
        <div className={css.leafMore}>
          {proof.evidence?.map((one) => (
            <Link key={one.to + one.label} to={one.to}>
              {one.label}
            </Link>
          ))}
          {proof.law !== undefined &&
            (proof.law.url === undefined ? (
              <span>{proof.law.cite}</span>
            ) : (
              <a href={proof.law.url} target="_blank" rel="noreferrer">
                {proof.law.cite}
              </a>
            ))}
        </div>
        {proof.because !== undefined && proof.because.length > 0 && (
          <ul className={css.because}>
            {proof.because.map((one) => (
              <Branch key={one.id} proof={one} open />
            ))}
          </ul>
        )}
      </details>
    </li>
  )
}
