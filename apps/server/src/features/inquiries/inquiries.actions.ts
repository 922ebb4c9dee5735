import { contract, inquiryCan } from '@keepwell/contract'
import { type EnvelopeHeader, write276 } from '@keepwell/x12'
import { action, type Ctx } from '../../action/action.ts'
import { nextValue } from '../../db/counter.ts'
import { orThrow, Problem } from '../../kernel/problem.ts'
import {
  clinicFaults,
  currentSubscriber,
  insertEvents,
  insertX12File,
  localStamp,
  lockClaim,
  moveClaims,
  readFileText,
  setSubscriber,
} from '../claims/index.ts'
import { policyOn, readClinic } from '../clinics/index.ts'
import {
  type ClaimToAsk,
  inquiryOf,
  insertInquiry,
  lockInquiry,
  lockToAsk,
  lockWaiting,
  setInquiry,
} from './inquiries.store.ts'
import { decideAsked, decideReadiness } from './inquiries.ts'
import {
  type At,
  countWaiting,
  listInquiries,
  listWaiting,
  quietFrom,
  readInquiry,
  readStanding,
} from './inquiries.views.ts'
import { markAsked } from './send-inquiries.ts'

type Known = Pick<Ctx, 'tx' | 'now' | 'today' | 'timeZone' | 'clinicId'>
const atOf = async ({ tx, now, today, timeZone, clinicId }: Known): Promise<At> => ({
  now,
  today,
  timeZone,
  staleDays: await policyOn(tx, clinicId, 'claim.stale_days', today),
})

export const waiting = action(contract.inquiries.waiting, async (ctx, { query }) => {
  const { tx, clinicId, touch } = ctx
  const at = await atOf(ctx)
  const page = await listWaiting(tx, { ...query, clinicId }, at)
  touch({ detail: { count: page.items.length } })
  return { ...page, staleDays: at.staleDays, ...(await countWaiting(tx, clinicId, at)) }
})

export const standing = action(contract.inquiries.standing, async (ctx, { params }) => {
  const one = await readStanding(ctx.tx, params.id, await atOf(ctx))
  ctx.touch({ patientId: one.patientId, subjectId: params.id })
  return one.standing
})

export const ask = action(contract.inquiries.ask, async (ctx, { body }) => {
  const { tx, now, today, clinicId, timeZone, touch } = ctx
  const by = ctx.actor.id
  const claims = await chosen(ctx, body)
  const parties = await policyOn(tx, clinicId, 'claim.parties', today)
  const clinic = await readClinic(tx, clinicId)
  const filingCode = await policyOn(tx, clinicId, 'claim.filing_code', today)
  const faults = clinicFaults(clinic, parties === null ? null : { ...parties, filingCode })
  if (parties === null || faults.length > 0)
    throw new Problem('claim_not_ready', "The clinic's own identifiers are not complete. Nothing was asked.", faults)
  const interchange = await nextValue(tx, 'interchange_control')
  const group = await nextValue(tx, 'group_control')
  const number = `Q${String(interchange).padStart(6, '0')}`
  const envelope: EnvelopeHeader = {
    senderQualifier: 'ZZ',
    sender: parties.submitterId,
    receiverQualifier: 'ZZ',
    receiver: parties.receiverId,
    ...localStamp(now, timeZone),
    interchangeControl: interchange,
    groupControl: group,
    usage: parties.usage,
  }
  const who = {
    payer: { name: parties.payerName, id: parties.payerId },
    submitter: { name: clinic.name, id: parties.submitterId },
    provider: { name: clinic.name, npi: clinic.npi ?? '' },
  }
  const asked = claims.map((claim, index) => ({ claim, claimId: claim.id, trace: `${number}-${index + 1}` }))
  const control = String(interchange).padStart(9, '0')
  const file = await insertX12File(tx, {
    direction: 'out',
    kind: '276',
    name: `276-${parties.submitterId}-${control}.x12`,
    content: write276({
      envelope,
      setControl: 1,
      inquiryId: number,
      inquiries: asked.map(({ claim, trace }) => inquiryOf(claim, trace, who)),
    }),
    interchangeControl: control,
    outcome: 'made',
    by,
    now,
    sentences: [`Question ${number} about ${claims.length} ${claims.length === 1 ? 'claim' : 'claims'}.`],
  })
  const channel = await policyOn(tx, clinicId, 'claim.channel', today)
  const id = await insertInquiry(tx, { clinicId, fileId: file.id, number, interchange, group, channel, asked, by, now })
  touch({ subjectId: id, detail: { number, claims: claims.length, fileSha256: file.sha256 } })
  return readInquiry(tx, id)
})

/** @throws Problem not_found, claim_not_ready, conflict */
async function chosen(
  ctx: Ctx,
  body: { claimIds: string[] } | { olderThanDays: number },
): Promise<readonly ClaimToAsk[]> {
  const { tx, now, today, timeZone, clinicId } = ctx
  if ('claimIds' in body) {
    const ids = [...new Set(body.claimIds)]
    const found = await lockToAsk(tx, clinicId, ids)
    orThrow(decideAsked(ids, found))
    return found
  }
  const found = await lockWaiting(tx, clinicId, {
    today,
    timeZone,
    days: body.olderThanDays,
    quietSince: quietFrom(now),
  })
  if (found.length === 0)
    throw new Problem(
      'conflict',
      `No claim waits for more than ${body.olderThanDays} days, or each was asked about within the last week. Nothing was asked.`,
    )
  return found
}

export const list = action(contract.inquiries.list, ({ tx }, { query }) => listInquiries(tx, query))

export const download = action(contract.inquiries.download, async ({ tx, actor, now, touch }, { params }) => {
  const one = await lockInquiry(tx, params.id)
  if (one.status !== 'sent') await markAsked(tx, one, { now, by: actor.id, receipt: 'Downloaded' })
  const { name, content } = await readFileText(tx, one.fileId)
  touch({ subjectId: one.id, detail: { number: one.number } })
  return { name, mediaType: 'application/edi-x12', bytes: Buffer.from(content) }
})

export const sendAgain = action(contract.inquiries.sendAgain, async ({ tx, now, touch }, { params }) => {
  const one = await lockInquiry(tx, params.id)
  const whyNot = inquiryCan.sendAgain.whyNot(one)
  if (whyNot !== null) throw new Problem('conflict', whyNot)
  await setInquiry(tx, one.id, { status: 'waiting', attempts: 0, nextTryAt: now, lastError: null })
  touch({ subjectId: one.id, detail: { number: one.number } })
  return readInquiry(tx, one.id)
})

/** By the payer's own word it never had the claim: it counts as refused, and is ready again with what is known today. */
export const makeReady = action(contract.inquiries.makeReady, async (ctx, { params, body }) => {
  const { tx, by, now, touch } = ctx
  const claim = await lockClaim(tx, params.id)
  const at = await atOf(ctx)
  const before = await readStanding(tx, claim.id, at)
  const to = orThrow(decideReadiness(before.facts))
  await moveClaims(tx, [claim], 'rejected', now)
  await setSubscriber(tx, claim.id, await currentSubscriber(tx, claim.patientId), now)
  await moveClaims(tx, [{ ...claim, status: 'rejected' }], to, now)
  await insertEvents(
    tx,
    [
      {
        claimId: claim.id,
        kind: 'rejected',
        sentence: `Not with the payer, by its own answer. ${before.standing.told?.sentence ?? ''}`.trim(),
        codes: before.standing.told?.codes ?? [],
        fileId: before.standing.told?.fileId ?? null,
      },
      { claimId: claim.id, kind: 'corrected', sentence: `Made ready again: ${body.note}` },
    ],
    { now, by },
  )
  touch({ patientId: claim.patientId, subjectId: claim.id, detail: { from: claim.status } })
  return (await readStanding(tx, claim.id, at)).standing
})
