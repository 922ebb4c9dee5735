import { contract } from '@keepwell/contract'
import { action } from '../../action/action.ts'
import type { Tx } from '../../db/database.ts'
import { Problem } from '../../kernel/problem.ts'
import { dayWords } from '../../print/words.ts'
import { lockClaim, replaceClaim } from '../claims/index.ts'
import { printPacket } from './appeal-paper.ts'
import { denialCase, packetOf } from './denial-case.views.ts'
import { closeDenialsOfClaim, insertDeed, lockDenial, setResolution } from './denials.store.ts'
import { denialsByCause, listDenials, readDenial } from './denials.views.ts'

export const list = action(contract.denials.list, async ({ tx, today, touch }, { query }) => {
  const page = await listDenials(tx, query, today)
  touch({ detail: { count: page.items.length } })
  return { ...page, byCause: await denialsByCause(tx, query) }
})

export const get = action(contract.denials.get, async ({ tx, today, touch }, { params }) => {
  const { patientId, ...one } = await denialCase(tx, params.id, today)
  touch({ patientId, subjectId: one.id })
  return one
})

/** Still open, and locked. @throws Problem conflict */
async function lockOpen(tx: Tx, id: string, today: string) {
  await lockDenial(tx, id)
  const one = await denialCase(tx, id, today)
  if (one.resolution !== null)
    throw new Problem('conflict', `It was closed already by ${one.resolution.by.name}: ${one.resolution.text}`)
  return one
}

export const assign = action(contract.denials.assign, async ({ tx, by, now, today, touch }, { params, body }) => {
  const one = await lockOpen(tx, params.id, today)
  const owner = one.owners.find(({ id }) => id === body.ownerId)
  if (owner === undefined)
    throw new Problem('invalid_input', 'Nobody with this name works denials here. Nothing was changed.', [
      { path: 'ownerId', message: 'Choose somebody of the list.' },
    ])
  const look = body.dueOn === null ? '' : `, to look again on ${dayWords(body.dueOn)}`
  const sentence = `${owner.name} has it${look}.`
  await insertDeed(tx, { denialId: one.id, kind: 'assigned', sentence, ownerId: owner.id, dueOn: body.dueOn, by, now })
  touch({ patientId: one.patientId, subjectId: one.id })
  const { patientId: _, ...after } = await denialCase(tx, one.id, today)
  return after
})

export const record = action(contract.denials.record, async ({ tx, by, now, today, touch }, { params, body }) => {
  const one = await lockOpen(tx, params.id, today)
  await insertDeed(tx, { denialId: one.id, ...body, by, now })
  touch({ patientId: one.patientId, subjectId: one.id, detail: { kind: body.kind } })
  const { patientId: _, ...after } = await denialCase(tx, one.id, today)
  return after
})

export const packet = action(contract.denials.packet, async ({ tx, by, now, today, touch }, { params, body }) => {
  const file = await packetOf(tx, params.id, today)
  const bytes = await printPacket(file, body.letter)
  await insertDeed(tx, { denialId: params.id, kind: 'packet_made', sentence: 'Letter and packet made.', by, now })
  touch({ patientId: file.patientId, subjectId: params.id, detail: { bytes: bytes.length } })
  return { name: `appeal-${file.controlNumber}.pdf`, mediaType: 'application/pdf', bytes }
})

export const billAnew = action(contract.denials.billAnew, async ({ tx, by, now, today, touch }, { params, body }) => {
  const one = await lockOpen(tx, params.id, today)
  const whyNot = one.ways.find(({ way }) => way === body.way)?.whyNot ?? null
  if (whyNot !== null) throw new Problem('claim_not_ready', `${whyNot} Nothing was made.`)
  const old = await lockClaim(tx, one.claim.id)
  const made = await replaceClaim(tx, old, {
    frequency: body.way === 'replacement' ? '7' : '1',
    originalPayerNumber: body.way === 'replacement' ? one.payerClaimNumber : null,
    note: body.note,
    by,
    now,
  })
  const sentence = `Billed anew as claim ${made.controlNumber}: ${body.note}`
  await insertDeed(tx, { denialId: one.id, kind: 'billed_anew', sentence, claimId: made.id, by, now })
  await closeDenialsOfClaim(tx, old.id, { resolution: sentence, by, now })
  touch({ patientId: one.patientId, subjectId: one.id, detail: { way: body.way, claim: made.controlNumber } })
  return { claimId: made.id, controlNumber: made.controlNumber }
})

export const resolve = action(contract.denials.resolve, async ({ tx, by, now, today, touch }, { params, body }) => {
  await lockDenial(tx, params.id)
  const { patientId, ...denial } = await readDenial(tx, params.id, today)
  if (denial.resolution !== null)
    throw new Problem('conflict', `It was closed already by ${denial.resolution.by.name}: ${denial.resolution.text}`)
  await setResolution(tx, denial.id, { resolution: body.resolution, by, now })
  touch({ patientId, subjectId: denial.id, detail: { kind: denial.kind } })
  const { patientId: _, ...after } = await readDenial(tx, params.id, today)
  return after
})
