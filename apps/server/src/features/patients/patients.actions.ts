import { contract, isGranted } from '@keepwell/contract'
import { action } from '../../action/action.ts'
import { found, orThrow, Problem } from '../../kernel/problem.ts'
import { policyOn } from '../clinics/index.ts'
import { patientChart } from './chart.views.ts'
import { currentContact, insertContact, listContacts } from './contact.store.ts'
import {
  insertDeskCoverage,
  isMbiOfAnother,
  listCoverages,
  lockCoverage,
  setCoverageEnd,
  setPayer,
} from './coverage.store.ts'
import { carriesMbi, decideMemberId, shownNumber } from './coverage.ts'
import { lockPatient, readEhrContact, requirePatient } from './patients.store.ts'
import { patientOverview, presentContact, presentCoverage, searchPatients } from './patients.views.ts'
import { readCursor, readQuestion, writeCursor } from './search.ts'

export const search = action(contract.patients.search, async ({ tx, today, touch }, { body }) => {
  const question = readQuestion(body.text)
  const rows = await searchPatients(tx, {
    question,
    enrollment: body.enrollment,
    deceased: body.deceased,
    after: readCursor(body.cursor),
    limit: body.limit + 1,
    today,
  })
  const items = rows.slice(0, body.limit)
  // What was searched for names a person; that somebody searched, and how, is what the trail needs.
  touch({ detail: { by: question.kind, found: items.length } })
  const last = rows.length > body.limit ? items.at(-1) : undefined
  return { items, nextCursor: last === undefined ? null : writeCursor(last) }
})

export const get = action(contract.patients.get, ({ tx, now, today }, { params }) =>
  patientOverview(tx, params.patientId, now, today),
)

export const chart = action(contract.patients.chart, async ({ tx }, { params }) => {
  await requirePatient(tx, params.patientId)
  return patientChart(tx, params.patientId)
})

export const contact = action(contract.patients.contact, async ({ tx }, { params }) => {
  await requirePatient(tx, params.patientId)
  const [current, ...earlier] = (await listContacts(tx, params.patientId, 20)).map(presentContact)
  return { current: current ?? null, earlier, ehr: await readEhrContact(tx, params.patientId) }
})

export const updateContact = action(
  contract.patients.updateContact,
  async ({ tx, by, now, today, touch }, { params, body }) => {
    const patient = await requirePatient(tx, params.patientId)
    if (patient.deceased)
      throw new Problem('patient_deceased', 'The patient has died; the contact is not changed any more.')
    const before = await currentContact(tx, patient.id)
    await insertContact(tx, { ...body, patientId: patient.id, verifiedOn: today, by, now })
    const after = found(await currentContact(tx, patient.id), 'The contact is gone.')
    const changed = Object.keys(body).filter(
      (field) => (before?.[field as keyof typeof body] ?? null) !== body[field as keyof typeof body],
    )
    touch({ subjectId: after.id, detail: { changed } })
    return presentContact(after)
  },
)

export const coverage = action(contract.patients.coverage, async ({ tx, actor }, { params }) => {
  const patient = await requirePatient(tx, params.patientId)
  const whole = isGranted(actor.roles, 'coverage:write')
  const rows = await listCoverages(tx, patient.id)
  return { mbi: shownNumber(patient.mbi, whole), items: rows.map((row) => presentCoverage(row, whole)) }
})

export const addCoverage = action(
  contract.patients.addCoverage,
  async ({ tx, now, today, clinicId, actor, touch }, { params, body }) => {
    const patient = await requirePatient(tx, params.patientId)
    await lockPatient(tx, patient.id)
    const parties = await policyOn(tx, clinicId, 'claim.parties', today)
    const memberId = orThrow(decideMemberId(body.kind, body.memberId, parties?.usage === 'T'))
    if (memberId !== null && carriesMbi(body.kind) && (await isMbiOfAnother(tx, patient.id, memberId))) {
      throw new Problem(
        'conflict',
        'Another patient here has this Medicare number. Compare both cards before you go on; nothing was stored.',
      )
    }
    const id = await insertDeskCoverage(tx, { ...body, patientId: patient.id, memberId, now })
    touch({ subjectId: id, detail: { kind: body.kind } })
    return presentCoverage(await lockCoverage(tx, id), isGranted(actor.roles, 'coverage:write'))
  },
)

export const identifyPayer = action(contract.patients.identifyPayer, async ({ tx, actor, touch }, { params, body }) => {
  const row = await lockCoverage(tx, params.id)
  if (row.hint || carriesMbi(row.kind))
    throw new Problem(
      'conflict',
      row.hint
        ? 'An old claim only hints at this insurer. Write down its card first.'
        : 'By what a claim names Medicare is in the settings of the clinic.',
    )
  await setPayer(tx, row.id, body)
  touch({ patientId: row.patientId, subjectId: row.id, detail: { payerId: body.payerId } })
  return presentCoverage({ ...row, ...body }, isGranted(actor.roles, 'coverage:write'))
})

export const endCoverage = action(contract.patients.endCoverage, async ({ tx, actor, touch }, { params, body }) => {
  const row = await lockCoverage(tx, params.id)
  if (row.source !== 'desk')
    throw new Problem('conflict', 'This coverage comes from the EHR; correct it there and bring it in again.')
  if (row.fromOn !== null && body.toOn < row.fromOn) {
    throw new Problem('invalid_input', `It began on ${row.fromOn} and cannot end before. Nothing was changed.`, [
      { path: 'body.toOn', message: 'It ends before it begins.' },
    ])
  }
  await setCoverageEnd(tx, row.id, body.toOn)
  touch({ patientId: row.patientId, subjectId: row.id, detail: { toOn: body.toOn } })
  return presentCoverage({ ...row, toOn: body.toOn }, isGranted(actor.roles, 'coverage:write'))
})
