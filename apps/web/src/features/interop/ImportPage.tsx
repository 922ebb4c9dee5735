import { contract } from '@keepwell/contract'
import { useView } from '../../api/index.ts'
import { paths, type patterns } from '../../paths.ts'
import type { PageProps } from '../../shell/slots.tsx'
import { Facts, Instant, Page, StatusChip, Viewed } from '../../ui/index.ts'
import { ReportView } from './ReportView.tsx'
import { importStanding } from './standing.ts'

/** One import as it went, with all that it said. */
export default function ImportPage({ params: { importId } }: PageProps<typeof patterns.import>) {
  const view = useView(contract.interop.get, { params: { id: importId } })
  return (
    <Page title="Import" back={{ to: paths.imports(), label: 'Imports' }} asOf={view.dataUpdatedAt}>
      <Viewed view={view} what="the import" lines={8}>
        {(report) => (
          <>
            <Facts
              columns={3}
              items={[
                ['Files', report.files.join(', ')],
                ['Source', report.source],
                ['Outcome', <StatusChip key="s" {...importStanding(report)} />],
                ['Started', <Instant key="a" at={report.startedAt} />],
                ['Ended', <Instant key="e" at={report.finishedAt} />],
                ['By', report.startedBy?.name ?? 'Command line'],
              ]}
            />
            <ReportView report={report} />
          </>
        )}
      </Viewed>
    </Page>
  )
}
