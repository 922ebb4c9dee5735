import { type BatchPreview, type ClaimCase, contract, type HoldingEdit } from '@keepwell/contract'
import { type Finding, finding, hasErrors } from '@keepwell/x12'
import { sql } from 'kysely'
import { action, type Ctx } from '../../action/action.ts'
import { nextValue } from '../../db/counter.ts'
import { orThrow, Problem } from '../../kernel/problem.ts'
import { type Clinic, policyOn, readClinic } from '../clinics/index.ts'
import { holdingClaims } from '../edits/index.ts'
import { payerReasons } from '../payers/index.ts'
import { type CaseRow, factsOf, listCases, monthOfCase, takesReplacements, wayOfCase } from './claim-cases.ts'
import {
  type BatchNumbers,
  type ClaimToWrite,
  clinicFaults,
  faultOf,
  judgeClaims,
  type Parties,
  writeBatch,
} from './claim-file.ts'
import {
  type ClaimIdentity,
  concludeX12File,
  currentPayer,
  currentSubscriber,
  insertBatch,
  insertEvents,
  insertX12File,
  listDuplicates,
  listOutdated,
  listToWrite,
  lockBatch,
  lockChosen,
  lockClaim,
  lockClaimsOfBatch,
  moveClaims,
  readFileText,
  setBatch,
  setPayer,
  setReplaced,
  setSubscriber,
} from './claims.store.ts'
import {
  decideAddressee,
  decideChosen,
  decideCorrection,
  decideSendNow,
  decideUndo,
  decideWithdrawal,
} from './claims.ts'
import {
  answersTo,
  claimDetail,
  claimRows,
  countClaims,
  filingClock,
  idsOfBatch,
  listBatches,
  listClaims,
  listX12Files,
  presentFinding,
  readBatch,
  readX12File,
} from './claims.views.ts'
import { bookWithdrawal } from './ledger.ts'
import { localStamp } from './local-stamp.ts'
import { makeClaimOf } from './make-claims.ts'
import { ruleBookSays } from './rule-book-edits.ts'
import { markSent } from './send-batches.ts'

export const list = action(contract.claims.list, async ({ tx, today, touch }, { query }) => {
  const { items, nextCursor } = await listClaims(tx, query, today)
  touch({ detail: { count: items.length }, ...(query.patientId === undefined ? {} : { patientId: query.patientId }) })
  return { items, nextCursor, counts: await countClaims(tx, query) }
})

export const filing = action(contract.claims.filing, async ({ tx, today }) => ({ items: await filingClock(tx, today) }))

export const cases = action(contract.claims.cases, async ({ tx, clinicId, today, touch }) => {
  const accepts = await takesReplacements(tx, clinicId, today)
  const items = (await listCases(tx, clinicId)).map((row) => presentCase(row, accepts))
  touch({ detail: { count: items.length } })
  return { items }
})

/** The claim that was standing for the month is withdrawn or replaced in the same transaction, so that one claim at most lives. */
export const makeOfCase = action(contract.claims.makeOfCase, async (ctx, { params }) => {
  const { tx, by, now, today, clinicId, touch } = ctx
  await sql`select id from correction_cases where tenant_id = ${tx.tenantId} and id = ${params.id} for update`.execute(
    tx.db,
  )
  const [row] = await listCases(tx, clinicId, sql`k.id = ${params.id}`)
  if (row === undefined)
    throw new Problem('not_found', 'There is no such case, or its claim was made already. Nothing was made.')
  const way = wayOfCase(factsOf(row, await takesReplacements(tx, clinicId, today)))
  if ('whyNot' in way) throw new Problem('claim_not_ready', `${way.whyNot} Nothing was made.`)
  const old = row.standing === null ? null : await lockClaim(tx, row.standing.id)
  if (old !== null) {
    const over = way.way === 'instead' ? ('withdrawn' as const) : ('replaced' as const)
    await moveClaims(tx, [old], over, now)
    if (over === 'withdrawn') await bookWithdrawal(tx, old, { bookedOn: today, now, by })
    await insertEvents(
      tx,
      [{ claimId: old.id, kind: over, sentence: `A correction case asks for another claim: ${row.note}` }],
      { now, by },
    )
  }
  const made = await makeClaimOf(tx, monthOfCase(row), {
    clinicId,
    month: row.month,
    now,
    by,
    sentence: `Made of a correction case${old === null ? '' : ` in place of claim ${old.controlNumber}`}: ${row.note}`,
  })
  if (old !== null)
    await setReplaced(tx, made.id, {
      oldId: old.id,
      frequency: way.way === 'replacement' ? '7' : '1',
      originalPayerNumber: way.way === 'replacement' ? (row.standing?.payerClaimNumber ?? null) : null,
    })
  touch({ patientId: row.patientId, subjectId: made.id, detail: { way: way.way, claim: made.controlNumber } })
  return claimDetail(tx, made.id)
})

function presentCase(row: CaseRow, accepts: boolean): ClaimCase {
  const { id, patient, month, resolution, note, differenceCents, standing } = row
  const way = wayOfCase(factsOf(row, accepts))
  return {
    id,
    patient,
    month,
    resolution,
    note,
    differenceCents,
    standing:
      standing === null ? null : { id: standing.id, controlNumber: standing.controlNumber, status: standing.status },
    whyNot: 'whyNot' in way ? way.whyNot : null,
  }
}

export const get = action(contract.claims.get, async ({ tx, touch }, { params }) => {
  const claim = await claimDetail(tx, params.id)
  touch({ patientId: claim.patient.id, subjectId: claim.id })
  return claim
})

export const withdraw = action(contract.claims.withdraw, async ({ tx, by, now, today, touch }, { params, body }) => {
  const claim = await lockClaim(tx, params.id)
  const to = orThrow(decideWithdrawal(claim.status))
  await moveClaims(tx, [claim], to, now)
  await bookWithdrawal(tx, claim, { bookedOn: today, now, by })
  await insertEvents(tx, [{ claimId: claim.id, kind: 'withdrawn', sentence: `Withdrawn: ${body.reason}` }], { now, by })
  touch({ patientId: claim.patientId, subjectId: claim.id, detail: { from: claim.status } })
  return claimDetail(tx, claim.id)
})

export const correct = action(contract.claims.correct, async ({ tx, by, now, touch }, { params, body }) => {
  const claim = await lockClaim(tx, params.id)
  const to = orThrow(decideCorrection(claim.status))
  await setSubscriber(tx, claim.id, await currentSubscriber(tx, claim.patientId), now)
  if (claim.payer !== null) await setPayer(tx, claim.id, await currentPayer(tx, claim.payer))
  await moveClaims(tx, [claim], to, now)
  await insertEvents(
    tx,
    [
      {
        claimId: claim.id,
        kind: 'corrected',
        sentence: `Corrected with today's coverage and address, ready to be sent anew: ${body.note}`,
      },
    ],
    { now, by },
  )
  touch({ patientId: claim.patientId, subjectId: claim.id })
  return claimDetail(tx, claim.id)
})

export const preview = action(contract.claims.preview, async (ctx, { body }) => {
  const { tx, clinicId, today, touch } = ctx
  // That nothing is ready is an answer to whoever only looks; whoever makes a batch of nothing is refused.
  const nothingReady = body.claimIds === undefined && (await listReady(ctx, body)).length === 0
  const chosen = nothingReady ? noneChosen : await choose(ctx, body)
  const { good, faulty, held } = 'clinic' in chosen ? await judge(ctx, chosen) : noneJudged
  const rows = await claimRows(
    tx,
    chosen.claims.map(({ id }) => id),
  )
  const claims = rows.filter(({ id }) => good.some((claim) => claim.id === id))
  touch({ detail: { claims: claims.length, faulty: faulty.size, held: held.size } })
  return {
    payer: chosen.payer,
    otherPayers: chosen.otherPayers,
    claims,
    claimsCount: claims.length,
    chargeCents: claims.reduce((sum, claim) => sum + claim.chargeCents, 0),
    expectedMedicareCents: sumOrNull(claims.map((claim) => claim.expectedMedicareCents)),
    expectedPatientCents: await expectedPatient(
      tx,
      claims.map(({ id }) => id),
    ),
    faulty: rows.flatMap((claim) => {
      const findings = faulty.get(claim.id)
      return findings === undefined ? [] : [{ claim, findings: findings.map(presentFinding) }]
    }),
    held: rows.flatMap((claim) => {
      const edits = held.get(claim.id)
      return edits === undefined ? [] : [{ claim, edits }]
    }),
    channel: await policyOn(tx, clinicId, 'claim.channel', today),
    undoSeconds: await policyOn(tx, clinicId, 'claim.undo_seconds', today),
  }
})

export const batch = action(contract.claims.batch, async (ctx, { body }) => {
  const { tx, now, today, clinicId, touch } = ctx
  // The command line makes batches too, and it is no person of the clinic.
  const by = ctx.actor.id
  const chosen = await choose(ctx, body)
  const { good, faulty, held } = await judge(ctx, chosen)
  // Whoever named claims meant each of them; whoever took all that are ready leaves the faulty and held ones for later.
  if (faulty.size + held.size > 0 && (body.claimIds !== undefined || good.length === 0))
    throw faultyProblem(chosen.claims, faulty, held)
  const numbers: BatchNumbers = { ...(await freshNumbers(ctx)), ...localStamp(now, ctx.timeZone) }
  const text = writeBatch(chosen.clinic, chosen.parties, good, numbers)
  const control = String(numbers.interchange).padStart(9, '0')
  const name = `837P-${chosen.parties.submitterId}-${control}.x12`
  const file = await insertX12File(tx, {
    direction: 'out',
    kind: '837P',
    name,
    content: text,
    interchangeControl: control,
    outcome: 'made',
    by,
    now,
    sentences: [`Batch ${numbers.number} with ${good.length} ${good.length === 1 ? 'claim' : 'claims'}.`],
  })
  const claims = chosen.claims.filter(({ id }) => good.some((claim) => claim.id === id))
  const leavesAt = new Date(now.getTime() + 1000 * (await policyOn(tx, clinicId, 'claim.undo_seconds', today)))
  const id = await insertBatch(tx, {
    clinicId,
    fileId: file.id,
    ...numbers,
    claims,
    channel: await policyOn(tx, clinicId, 'claim.channel', today),
    leavesAt,
    by,
    now,
  })
  await moveClaims(tx, claims, 'batched', now)
  await insertEvents(
    tx,
    claims.map((claim) => ({
      claimId: claim.id,
      kind: 'batched',
      sentence: `Put into batch ${numbers.number}.`,
      fileId: file.id,
    })),
    { now, by },
  )
  touch({
    subjectId: id,
    detail: {
      number: numbers.number,
      claims: claims.length,
      leftOut: faulty.size + held.size,
      fileSha256: file.sha256,
    },
  })
  return readBatch(tx, id)
})

export const batches = action(contract.claims.batches, ({ tx }, { query }) => listBatches(tx, query))

export const getBatch = action(contract.claims.getBatch, async ({ tx, touch }, { params }) => {
  const one = await readBatch(tx, params.id)
  touch({ subjectId: one.id })
  return { ...one, claims: await claimRows(tx, await idsOfBatch(tx, one.id)), answers: await answersTo(tx, one.id) }
})

export const undo = action(contract.claims.undo, async ({ tx, by, now, touch }, { params }) => {
  const one = await lockBatch(tx, params.id)
  const status = orThrow(decideUndo(one, now))
  const claims = await lockClaimsOfBatch(tx, one.id)
  await setBatch(tx, one.id, { status })
  await moveClaims(tx, claims, 'ready', now)
  await insertEvents(
    tx,
    claims.map((claim) => ({
      claimId: claim.id,
      kind: 'batch_undone',
      sentence: `Batch ${one.number} was taken back before it left.`,
    })),
    { now, by },
  )
  await concludeX12File(tx, one.fileId, {
    outcome: 'made',
    sentences: [`Batch ${one.number} was taken back before it left.`],
  })
  touch({ subjectId: one.id, detail: { number: one.number, claims: claims.length } })
  return readBatch(tx, one.id)
})

export const sendNow = action(contract.claims.sendNow, async ({ tx, now, touch }, { params }) => {
  const one = await lockBatch(tx, params.id)
  const status = orThrow(decideSendNow(one))
  await setBatch(tx, one.id, { status, leavesAt: now, attempts: 0, nextTryAt: null, lastError: null })
  touch({ subjectId: one.id, detail: { number: one.number } })
  return readBatch(tx, one.id)
})

export const download = action(contract.claims.download, async ({ tx, actor, now, touch }, { params }) => {
  const one = await lockBatch(tx, params.id)
  if (one.status === 'undone')
    throw new Problem('undo_window_over', 'The batch was taken back; its file must not be sent. Make a new batch.')
  if (one.status === 'waiting' || one.status === 'failed')
    await markSent(tx, one, { now, by: actor.id, receipt: 'Downloaded' })
  const { name, content } = await readFileText(tx, one.fileId)
  touch({ subjectId: one.id, detail: { number: one.number } })
  return { name, mediaType: 'application/edi-x12', bytes: Buffer.from(content) }
})

export const files = action(contract.claims.files, ({ tx }, { query }) => listX12Files(tx, query))

export const fileContent = action(contract.claims.fileContent, async ({ tx, touch }, { params }) => {
  const { name, content } = await readFileText(tx, params.id)
  const { direction, kind } = await readX12File(tx, params.id)
  touch({ subjectId: params.id, detail: { direction, kind } })
  return { name, mediaType: 'text/plain; charset=utf-8', bytes: Buffer.from(content), inline: true }
})

interface Chosen extends Pick<BatchPreview, 'payer' | 'otherPayers'> {
  clinic: Clinic
  parties: Parties
  claims: ClaimIdentity[]
}

const noneChosen = { payer: { payerId: null, name: '' }, otherPayers: [], claims: [] }

const listReady = ({ tx, clinicId }: Pick<Ctx, 'tx' | 'clinicId'>, body: { month?: string | undefined }) =>
  lockChosen(tx, clinicId, { ids: null, month: body.month ?? null })

/** @throws Problem claim_not_ready, claim_already_sent */
async function choose(
  { tx, clinicId, today }: Ctx,
  body: { month?: string | undefined; claimIds?: string[] | undefined; payerId?: string | undefined },
): Promise<Chosen> {
  const ids = body.claimIds === undefined ? null : [...new Set(body.claimIds)]
  const foundClaims =
    ids === null ? await listReady({ tx, clinicId }, body) : await lockChosen(tx, clinicId, { ids, month: null })
  const wanted = orThrow(decideChosen({ ids, found: foundClaims }))
  const clinic = await readClinic(tx, clinicId)
  const told = await policyOn(tx, clinicId, 'claim.parties', today)
  const filingCode = await policyOn(tx, clinicId, 'claim.filing_code', today)
  const parties: Parties | null = told === null ? null : { ...told, filingCode }
  const faults = clinicFaults(clinic, parties)
  if (parties === null || faults.length > 0)
    throw new Problem(
      'claim_not_ready',
      "The clinic's own identifiers are not complete, so no claim can be written. Nothing was made.",
      faults,
    )
  const { claims, others } = orThrow(
    decideAddressee(
      foundClaims.filter(({ id }) => wanted.includes(id)),
      { named: ids !== null, payerId: body.payerId },
    ),
  )
  const [first] = claims
  if (first === undefined)
    throw new Problem('claim_not_ready', 'No claim to this payer is ready to be sent. Nothing was made.')
  return {
    clinic,
    parties,
    claims,
    payer: { payerId: first.payer?.payerId ?? null, name: first.payer?.name ?? parties.payerName },
    otherPayers: others.map((other) => ({ ...other, name: other.name ?? parties.payerName })),
  }
}

interface Judged {
  good: ClaimToWrite[]
  faulty: ReadonlyMap<string, readonly Finding[]>
  /** Claims without a fault that an edit of the clinic holds. */
  held: ReadonlyMap<string, HoldingEdit[]>
}

const noneJudged: Judged = { good: [], faulty: new Map(), held: new Map() }
const trialNumbers = { number: 'TRIAL', interchange: 1, group: 1, set: 1 }

/** Tells the claims that can leave from the faulty ones, over the text that would be sent, and from those that an edit holds. */
async function judge(ctx: Ctx, { clinic, parties, claims }: Chosen): Promise<Judged> {
  const ids = claims.map(({ id }) => id)
  const written = await listToWrite(ctx.tx, ids)
  const { byClaim, common } = judgeClaims(
    writeBatch(clinic, parties, written, { ...trialNumbers, ...localStamp(ctx.now, ctx.timeZone) }),
    written,
    ctx.today,
  )
  if (hasErrors(common)) {
    throw new Problem(
      'claim_not_ready',
      "The clinic's own identifiers have errors, so no claim can be written. Nothing was made.",
      common.filter(({ severity }) => severity === 'error').map((one) => faultOf(null, one)),
    )
  }
  const twice = new Map((await listDuplicates(ctx.tx, ids)).map((row) => [row.id, row.otherControl]))
  const says = await ruleBookSays(ctx.tx, ctx.clinicId, ids, ctx.today)
  const outdated = await listOutdated(ctx.tx, ids)
  const stopped = await payerReasons(ctx.tx, ctx.clinicId, ids, ctx.today)
  const faulty = new Map<string, readonly Finding[]>()
  for (const claim of written) {
    const other = twice.get(claim.id)
    const book = says.get(claim.id)
    const ofText = (byClaim.get(claim.id) ?? []).map((one) => {
      if (one.code === 'two_diagnoses' && book?.oneDiagnosisEnough) return { ...one, severity: 'warning' as const }
      if (one.code !== 'rendering_npi_missing') return one
      return { ...one, message: `${claim.practitioner.name} has no NPI. Enter it under Staff.` }
    })
    const shown = [
      ...ofText,
      ...(outdated.has(claim.id)
        ? [
            finding(
              7,
              'error',
              'decision_changed',
              'The decision that it tells of was changed since. Withdraw it, and bill the supplement anew.',
              { loop: '2320', element: 'AMT02' },
            ),
          ]
        : []),
      ...(other === undefined
        ? []
        : [
            finding(
              7,
              'error',
              'service_sent_before',
              `Claim ${other} has sent this service of this month for the same Medicare number.`,
              { loop: '2010BA', element: 'NM109' },
            ),
          ]),
    ]
    const ofPayer = (stopped.get(claim.id) ?? []).map(({ code, sentence, wayOut }) =>
      finding(7, 'error', code, `${sentence} ${wayOut}`, { loop: '2010BB', element: 'NM109' }),
    )
    // The rule book is asked about what the text does not show, so that no fault is said twice.
    const findings = [...shown, ...(hasErrors(shown) ? [] : (book?.findings ?? [])), ...ofPayer]
    if (hasErrors(findings)) faulty.set(claim.id, findings)
  }
  const sound = written.filter(({ id }) => !faulty.has(id))
  const held = await holdingClaims(
    ctx.tx,
    ctx.clinicId,
    sound.map(({ id }) => id),
  )
  return { good: sound.filter(({ id }) => !held.has(id)), faulty, held }
}

function faultyProblem(claims: readonly ClaimIdentity[], faulty: Judged['faulty'], held: Judged['held']): Problem {
  const faults = claims.flatMap((claim) => [
    ...(faulty.get(claim.id) ?? [])
      .filter(({ severity }) => severity === 'error')
      .map((one) => faultOf(claim.controlNumber, one)),
    ...(held.get(claim.id) ?? []).map((edit) => ({
      path: claim.controlNumber,
      message: `Held by an edit of ${edit.by.name}: ${edit.sentence}`,
    })),
  ])
  const parts = [
    ...(faulty.size === 0 ? [] : [`${faulty.size} of ${claims.length} claims have errors.`]),
    ...(held.size === 0 ? [] : [`${held.size} of ${claims.length} claims are held by edits of the clinic.`]),
  ]
  return new Problem('claim_faulty', `${parts.join(' ')} Nothing was made.`, faults.slice(0, 200))
}

/** Numbers that never come again: each from its own counter, in the transaction of the batch. */
async function freshNumbers({ tx }: Ctx): Promise<Pick<BatchNumbers, 'number' | 'interchange' | 'group' | 'set'>> {
  const interchange = await nextValue(tx, 'interchange_control')
  return {
    number: `B${String(interchange).padStart(6, '0')}`,
    interchange,
    group: await nextValue(tx, 'group_control'),
    set: await nextValue(tx, 'set_control'),
  }
}

function sumOrNull(amounts: readonly (number | null)[]): number | null {
  return amounts.reduce<number | null>((sum, cents) => (sum === null || cents === null ? null : sum + cents), 0)
}

async function expectedPatient(tx: Ctx['tx'], ids: readonly string[]): Promise<number | null> {
  if (ids.length === 0) return 0
  const rows = await tx.db
    .selectFrom('claims')
    .select('expected_patient_cents')
    .where('tenant_id', '=', tx.tenantId)
    .where('id', 'in', ids)
    .execute()
  return sumOrNull(rows.map((row) => row.expected_patient_cents))
}
