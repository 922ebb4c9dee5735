import { contract, type RecordKind } from '@keepwell/contract'
import { useView } from '../../api/index.ts'
import { Drawer, Facts, Instant, useUrlState, Viewed } from '../../ui/index.ts'
import css from './patients.module.css'

/** Opens where a record came from; which one stands in the address. */
export function useSource() {
  const [value, setValue] = useUrlState('source')
  const [kind, id] = value?.split('.') ?? []
  return {
    kind: kind as RecordKind | undefined,
    id,
    open: (recordKind: RecordKind, recordId: string) => setValue(`${recordKind}.${recordId}`, { push: true }),
    close: () => setValue(null),
  }
}

/** The resource as it came from the EHR, and with which file. */
export function SourceDrawer({ patientId }: { patientId: string }) {
  const source = useSource()
  const view = useView(
    contract.interop.resource,
    { params: { patientId, kind: source.kind ?? 'condition', id: source.id ?? '' } },
    { enabled: source.id !== undefined },
  )
  return (
    <Drawer title="Where this came from" opened={source.id !== undefined} onClose={source.close} size="lg">
      <Viewed view={view} what="the source">
        {(found) => (
          <>
            <Facts
              items={[
                ['Resource', `${found.resourceType} ${found.sourceId}`],
                ['Source', found.source],
                ['File', found.file],
                ['Place', found.entry === null ? `line ${found.line ?? '–'}` : `entry ${found.entry}`],
                ['Brought in', <Instant key="at" at={found.importedAt} />],
              ]}
            />
            <pre className={css.json}>{pretty(found.json)}</pre>
          </>
        )}
      </Viewed>
    </Drawer>
  )
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    return json
  }
}
