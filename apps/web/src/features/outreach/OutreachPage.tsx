import { contract } from '@keepwell/contract'
import { fileUrl, useCan } from '../../api/index.ts'
import { Page, PrintButton, type TabItem, Tabs } from '../../ui/index.ts'
import { DeclinesTab } from './DeclinesTab.tsx'
import { LogTab } from './LogTab.tsx'
import { TrendsTab } from './TrendsTab.tsx'

/** Who heard about the program and how they answered: the log, those who said no, and what can be learned. */
export default function OutreachPage() {
  const can = useCan()
  const items: TabItem[] = [
    { id: 'log', label: 'Log', content: <LogTab /> },
    { id: 'declines', label: 'Said no', content: <DeclinesTab /> },
  ]
  if (can('metrics:read')) items.push({ id: 'trends', label: 'Trends', content: <TrendsTab /> })
  return (
    <Page
      title="Introductions"
      subtitle="Who was told about the program, by whom, with which words, and how they answered. Lines are added, never changed."
      actions={<PrintButton label="Print brochure" href={fileUrl(contract.outreach.brochure, { query: {} })} />}
    >
      <Tabs label="Introductions" items={items} />
    </Page>
  )
}
