import { contract, type OutputOf } from '@keepwell/contract'
import { useState } from 'react'
import { faultsByField, useCall } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, Callout, Link, monthText, ReasonForm, say } from '../../ui/index.ts'
import css from './edits.module.css'

type Held = OutputOf<typeof contract.claims.preview>['held']

/** Claims of a preview that an edit of the clinic holds, each with the sentence, who made it, and the way past it. */
export function HeldClaims({ held }: { held: Held }) {
  const [open, setOpen] = useState<string | null>(null)
  if (held.length === 0) return null
  return (
    <Callout
      state="attention"
      title={held.length === 1 ? 'One claim is held by an edit' : `${held.length} claims are held by edits`}
      action={
        <Button size="compact-sm" kind="quiet" to={paths.edits()}>
          Own edits
        </Button>
      }
    >
      <p>They stay ready and are left out of this batch.</p>
      <ul className={css.held}>
        {held.flatMap(({ claim, edits }) =>
          edits.map((edit) => {
            const key = `${claim.id} ${edit.id}`
            return (
              <li key={key}>
                <span className={css.heldHead}>
                  <Link to={paths.claim(claim.id)}>
                    {claim.patient.name}, {monthText(claim.month)}
                  </Link>
                  {open !== key && (
                    <Button
                      size="compact-sm"
                      aria-label={`Let the claim of ${claim.patient.name}, ${monthText(claim.month)} pass`}
                      onClick={() => setOpen(key)}
                    >
                      Let it pass
                    </Button>
                  )}
                </span>
                <span>{edit.sentence}</span>
                <span className={css.quiet}>
                  {edit.by.name}, because {edit.words.join(', ')}
                </span>
                {open === key && <LetPass claimId={claim.id} editId={edit.id} onClose={() => setOpen(null)} />}
              </li>
            )
          }),
        )}
      </ul>
    </Callout>
  )
}

/** The form opens in place of the button that was pressed, so the keyboard goes on in its field. */
const focusField = (form: HTMLDivElement | null) => form?.querySelector('textarea')?.focus()

function LetPass(props: { claimId: string; editId: string; onClose: () => void }) {
  const pass = useCall(contract.edits.letPass, {
    invalidates: [contract.claims.preview, contract.edits.list],
    onDone: () => {
      props.onClose()
      void say('It may leave; your reason is kept.')
    },
  })
  return (
    <div ref={focusField}>
      <ReasonForm
        label="Let it pass"
        field="Why this claim may leave all the same"
        verb="Let it pass"
        emptyReason="Write the reason in a few words."
        call={pass}
        fault={faultsByField(pass.error).reason}
        kept="It stays held."
        onClose={props.onClose}
        onSubmit={(reason) => pass.mutate({ params: { id: props.claimId }, body: { editId: props.editId, reason } })}
      />
    </div>
  )
}
