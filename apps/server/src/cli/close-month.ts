import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { contract } from '@keepwell/contract'
import { isMonth } from '@keepwell/rules'
import type { App } from '../app.ts'
import { type CloseSummary, closeMonthFromCli } from '../features/months/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { Problem } from '../kernel/problem.ts'
import { type Command, UsageError } from './commands.ts'
import { whichClinic, withClinic } from './organization.ts'
import { print } from './output.ts'

interface Written extends CloseSummary {
  /** The 837P of the month's claims, or null where none was ready. */
  claimFile: { name: string; claims: number; chargeCents: number } | null
  faulty: { controlNumber: string; findings: string[] }[]
}

export const closeMonth: Command = {
  takes: 'YYYY-MM --out DIR',
  does: 'Closes a month and writes its claims as 837P with a summary. A second close changes nothing.',
  options: { ...whichClinic, out: { type: 'string' } },
  run(input) {
    const [month, ...more] = input.positionals
    const { out } = input.options
    if (month === undefined || more.length > 0 || !isMonth(month)) throw new UsageError('Name one month as YYYY-MM.')
    if (typeof out !== 'string') throw new UsageError('Say with --out where the files go.')
    return withClinic(input, async ({ app }, actor) => {
      const written = await writeMonth(app, actor, month, out)
      print(input.json, written, () => [
        `${month} is closed for ${written.clinic}.`,
        written.claimFile === null
          ? 'No claim was ready.'
          : `${written.claimFile.claims} claims in ${join(out, written.claimFile.name)}`,
        ...written.faulty.map(
          ({ controlNumber, findings }) => `  ${controlNumber} cannot leave: ${findings.join(' ')}`,
        ),
      ])
      return written.faulty.length > 0 ? 1 : 0
    })
  },
}

/** Closes the month, writes what can leave as 837P and the summary beside it into `out`. */
export async function writeMonth(app: App, actor: Actor, month: string, out: string): Promise<Written> {
  const summary = await closeMonthFromCli(app, actor, month)
  mkdirSync(out, { recursive: true })
  const { claimFile, faulty } = await writeClaims(app, actor, month, out)
  const written: Written = { ...summary, claimFile, faulty }
  writeFileSync(join(out, `${month}.json`), `${JSON.stringify(written, null, 2)}\n`)
  return written
}

/** Makes a batch of what can leave, and downloads it; claims that cannot are named and left where they are. */
async function writeClaims(
  app: App,
  actor: Actor,
  month: string,
  out: string,
): Promise<Pick<Written, 'claimFile' | 'faulty'>> {
  const preview = await app.act(contract.claims.preview, actor, { body: { month } }).catch(noneReady)
  if (preview === null) return { claimFile: null, faulty: [] }
  const faulty = preview.faulty.map(({ claim, findings }) => ({
    controlNumber: claim.controlNumber,
    findings: findings.map(({ message }) => message),
  }))
  const sound = preview.claims.filter((claim) => !preview.faulty.some((fault) => fault.claim.id === claim.id))
  if (sound.length === 0) return { claimFile: null, faulty }
  const batch = await app.act(contract.claims.batch, actor, { body: { month, claimIds: sound.map(({ id }) => id) } })
  const file = await app.act(contract.claims.download, actor, { params: { id: batch.id } })
  writeFileSync(join(out, file.name), file.bytes)
  return { claimFile: { name: file.name, claims: batch.claimsCount, chargeCents: batch.chargeCents }, faulty }
}

function noneReady(error: unknown): null {
  if (error instanceof Problem && error.code === 'claim_not_ready') return null
  throw error
}
