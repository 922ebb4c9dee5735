import { localDateOf } from '@keepwell/rules'
import { write270 } from '@keepwell/x12'
import type { LongCtx } from '../../action/action.ts'
import { nextValue } from '../../db/counter.ts'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { assert, orThrow } from '../../kernel/problem.ts'
import { policyOn, readClinic } from '../clinics/index.ts'
import { requirePatient } from '../patients/index.ts'
import { changesBetween } from './coverage-changes.ts'
import {
  type CheckRow,
  insertChanges,
  insertCheck,
  lastTold,
  listChecks,
  saveToldCoverages,
} from './eligibility.store.ts'
import { coveragesOf, decideServiceDay, inquiryOf, type Judgment, judge271, unanswered } from './medicare-check.ts'

type Asking = Pick<LongCtx, 'step' | 'outside' | 'clinicId' | 'timeZone' | 'now' | 'today'>

export interface Checked {
  check: CheckRow
  /** False where the service gave no answer at all: asking again may help. */
  answered: boolean
  /** For the audit trail: verdict, failure and who was asked. */
  detail: Record<string, unknown>
}

/**
 * Asks Medicare about one patient, with no transaction open while it is asked, and keeps the answer with the coverages
 * and the changes that it tells. `alongside` runs in the transaction that keeps it. `by` is null where nobody pressed a
 * button. @throws Problem not_found, invalid_input
 */
export async function checkCoverage(
  asking: Asking,
  patientId: string,
  { serviceOn, by }: { serviceOn?: string | undefined; by: string | null },
  alongside: (tx: Tx, checked: Omit<Checked, 'check'> & { id: string }) => Promise<void>,
): Promise<Checked> {
  const { now } = asking
  const id = newId()
  const prepared = await prepare(asking, id, patientId, serviceOn)
  const answer = prepared.request === null ? null : await ask(asking, prepared.request)
  const judgment = judge(prepared, answer)
  const { verdict, failure, facts } = judgment
  const answered = answer?.text !== null
  const detail = { verdict, failed: failure !== null, service: asking.outside.eligibility.name }
  const check = await asking.step(async (tx) => {
    const before = await lastTold(tx, patientId)
    await insertCheck(tx, {
      id,
      patientId,
      serviceOn: prepared.serviceOn,
      judgment,
      request270: prepared.request,
      response271: answer?.text ?? null,
      by,
      now,
    })
    if (facts !== null) {
      const { serviceOn } = prepared
      await saveToldCoverages(tx, patientId, coveragesOf(facts, prepared), { serviceOn, now })
      const changes = changesBetween(before, { facts, serviceOn })
      if (changes.length > 0) await insertChanges(tx, { patientId, checkId: id, changes, now })
    }
    await alongside(tx, { id, answered, detail })
    const row = (await listChecks(tx, [patientId], 50)).find((one) => one.id === id)
    assert(row !== undefined, 'the check was just written')
    return row
  })
  return { check, answered, detail }
}

interface Prepared {
  serviceOn: string
  trace: string
  mbi: string | null
  request: string | null
  missing: string[]
}

/** Reads what the question needs and writes the 270, in a transaction that ends before anybody is asked. */
function prepare(asking: Asking, id: string, patientId: string, askedFor: string | undefined): Promise<Prepared> {
  return asking.step(async (tx) => {
    const patient = await requirePatient(tx, patientId)
    const serviceOn = orThrow(decideServiceDay(askedFor, asking.today))
    const clinic = await readClinic(tx, asking.clinicId)
    const parties = await policyOn(tx, asking.clinicId, 'claim.parties', asking.today)
    const trace = id.replaceAll('-', '').toUpperCase()
    const inquiry = inquiryOf({ patient, clinic, parties, serviceOn }, trace)
    const common = { serviceOn, trace, mbi: patient.mbi }
    if (inquiry.missing !== null) return { ...common, request: null, missing: inquiry.missing }
    const control = await nextValue(tx, 'x12.interchange')
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: asking.timeZone,
      hour: '2-digit',
      minute: '2-digit',
    })
    const request = write270({
      ...inquiry.question,
      setControl: 1,
      envelope: {
        senderQualifier: 'ZZ',
        sender: inquiry.parties.submitterId,
        receiverQualifier: 'ZZ',
        receiver: inquiry.parties.receiverId,
        usage: inquiry.parties.usage,
        createdOn: localDateOf(asking.now.getTime(), asking.timeZone),
        createdAt: clock.format(asking.now),
        interchangeControl: control,
        groupControl: control,
      },
    })
    return { ...common, request, missing: [] }
  })
}

/** Asks the service; a failure is told as a sentence, because the desk goes on without the answer. */
async function ask(asking: Asking, request: string): Promise<{ text: string | null; failure: string | null }> {
  try {
    return { text: await asking.outside.eligibility.ask(request), failure: null }
  } catch (error) {
    return {
      text: null,
      failure: error instanceof Error ? error.message : 'The eligibility service did not answer.',
    }
  }
}

function judge(prepared: Prepared, answer: { text: string | null; failure: string | null } | null): Judgment {
  if (answer === null) return unanswered(prepared.missing.join(' '))
  if (answer.text === null)
    return unanswered(`${answer.failure ?? 'The eligibility service did not answer.'} Ask again in a few minutes.`)
  return judge271(answer.text, prepared)
}
