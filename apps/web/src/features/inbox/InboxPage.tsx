import { contract } from '@keepwell/contract'
import { useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Page, useGo, useKeys } from '../../ui/index.ts'
import { DecideLane } from './DecideLane.tsx'
import { DiscussLane } from './DiscussLane.tsx'
import css from './inbox.module.css'
import { SignLane } from './SignLane.tsx'

/** What waits for the provider: plans to sign, decisions, and whom to speak to today. */
export default function InboxPage() {
  const go = useGo()
  const toSign = useView(contract.carePlans.toSign, { query: {} })
  const first = toSign.data?.items[0]
  useKeys([
    {
      keys: 's',
      label: 'Begin signing',
      group: 'Inbox',
      run: () => first !== undefined && go(paths.carePlanSigning(first.planId)),
    },
  ])
  return (
    <Page title="Inbox" asOf={toSign.dataUpdatedAt}>
      <div className={css.lanes}>
        <SignLane view={toSign} />
        <DecideLane />
        <DiscussLane />
      </div>
    </Page>
  )
}
