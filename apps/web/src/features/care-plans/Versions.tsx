import { contract, type PlanVersion } from '@keepwell/contract'
import { useState } from 'react'
import { useView } from '../../api/index.ts'
import { Button, Drawer, Instant, LocalDate, Section, StatusChip, Viewed } from '../../ui/index.ts'
import css from './care-plans.module.css'
import { ChangeCounts, PlanDiffView } from './PlanDiffView.tsx'
import { PlanStateChip } from './PlanStateChip.tsx'

/** Every version with what was done with it; each opens its difference from the one before. */
export function Versions({ planId }: { planId: string }) {
  const view = useView(contract.carePlans.versions, { params: { id: planId } })
  const [open, setOpen] = useState<number | null>(null)
  return (
    <Section title="Versions">
      <Viewed view={view} what="versions" lines={3}>
        {({ items }) => (
          <ol className={css.versions}>
            {items.map((version) => (
              <Version
                key={version.number}
                version={version}
                onOpen={version.number > 1 ? () => setOpen(version.number) : null}
              />
            ))}
          </ol>
        )}
      </Viewed>
      <Drawer
        title={`What changed in version ${open ?? ''}`}
        opened={open !== null}
        onClose={() => setOpen(null)}
        size="xl"
      >
        {open !== null && <Difference planId={planId} to={open} />}
      </Drawer>
    </Section>
  )
}

function Version({ version, onOpen }: { version: PlanVersion; onOpen: (() => void) | null }) {
  const { signature, ehr } = { signature: version.signature, ehr: version.signature?.ehr }
  return (
    <li className={css.version}>
      <div className={css.versionHead}>
        <strong>Version {version.number}</strong>
        <PlanStateChip state={version.state} plain />
      </div>
      {version.changeNote !== null && <div>{version.changeNote}</div>}
      <div className={css.quiet}>
        {version.writtenBy.name}, <Instant at={version.writtenAt} />
      </div>
      {signature !== null && (
        <div className={css.quiet}>
          Signed by {signature.by.name}, <LocalDate day={signature.on} />
          {ehr !== undefined && ehr.status !== 'none' && (
            <>
              {' '}
              <StatusChip
                plain
                state={ehr.status === 'sent' ? 'good' : ehr.status === 'failed' ? 'stop' : 'info'}
                word={
                  ehr.status === 'sent'
                    ? 'In the EHR'
                    : ehr.status === 'failed'
                      ? 'The EHR refused it'
                      : 'On its way to the EHR'
                }
              />
            </>
          )}
        </div>
      )}
      {version.copies.map((copy) => (
        <div key={`${copy.givenOn}${copy.recipientName}${copy.channel}`} className={css.quiet}>
          Copy to {copy.recipientName}, <LocalDate day={copy.givenOn} />
        </div>
      ))}
      {onOpen !== null && (
        <Button kind="quiet" size="compact-xs" onClick={onOpen}>
          What changed
        </Button>
      )}
    </li>
  )
}

function Difference({ planId, to }: { planId: string; to: number }) {
  const view = useView(contract.carePlans.diff, { params: { id: planId }, query: { from: to - 1, to } })
  return (
    <Viewed view={view} what="the difference">
      {(diff) => (
        <>
          <ChangeCounts diff={diff} />
          <PlanDiffView diff={diff} />
        </>
      )}
    </Viewed>
  )
}
