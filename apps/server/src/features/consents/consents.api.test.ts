import { contract } from '@keepwell/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStory, type Story } from '../../../test/support/story.ts'
import { sha256 } from '../../kernel/ids.ts'

const everyStatement = ['availability_and_cost', 'one_practitioner', 'right_to_stop']

let story: Story
beforeAll(async () => {
  story = await openStory()
})
afterAll(() => story.close())

async function shownForm(patientId: string, language: 'en' | 'es' = 'en') {
  const form = await story.as('sam').does(contract.consents.form, { params: { patientId }, query: { language } })
  return {
    formVersion: form.version,
    formSha256: form.sha256,
    language,
    practitionerId: form.practitioners[0]?.id ?? '',
    text: form.text,
  }
}

async function signedByTyping(patientId: string, more: Record<string, unknown> = {}) {
  const { text: _, ...form } = await shownForm(patientId)
  return {
    form: 'written',
    ...form,
    told: everyStatement,
    faceToFace: true,
    signerName: 'Elena Diaz',
    signature: { kind: 'typed', name: 'Elena Diaz', agreed: true },
    copyChannel: 'printed',
    ...more,
  } as const
}

describe('recording a consent', () => {
  test('Mrs Diaz signs by typing her name; the words shown are kept with their hash, and the paper waits for the EHR', async () => {
    const patientId = await story.addPatient()
    const form = await shownForm(patientId)
    const consent = await story
      .as('sam')
      .does(contract.consents.record, { params: { patientId }, body: await signedByTyping(patientId) })
    expect(consent).toMatchObject({
      form: 'written',
      signature: 'typed',
      givenOn: '2026-11-03',
      signerName: 'Elena Diaz',
      told: everyStatement,
      formSha256: form.formSha256,
      copyGivenOn: '2026-11-03',
      revocation: null,
      ehr: { status: 'queued', receipt: null },
    })
    const kept = await story.as('sam').call(contract.documents.content, { params: { id: consent.formDocumentId } })
    expect(sha256(kept.raw.rawPayload)).toBe(consent.formSha256)
    expect(kept.raw.payload).toBe(form.text)
    const events = await story.auditOf('consent.recorded')
    expect(events.at(-1)).toMatchObject({
      outcome: 'done',
      actor_id: story.as('sam').id,
      patient_id: patientId,
      detail: { formSha256: form.formSha256 },
    })
  })

  test('a drawn signature is kept as a picture and printed on the paper', async () => {
    const patientId = await story.addPatient()
    const strokes = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(900, 1)])
    const consent = await story.as('rosa').does(contract.consents.record, {
      params: { patientId },
      body: {
        ...(await signedByTyping(patientId)),
        signature: { kind: 'drawn', image: `data:image/png;base64,${strokes.toString('base64')}` },
      },
    })
    expect(consent.signature).toBe('drawn')
    expect(consent.signatureDocumentId).not.toBeNull()
  })

  test('an empty signature pad is no signature', async () => {
    const patientId = await story.addPatient()
    const refusal = await story.as('rosa').isRefused(contract.consents.record, {
      params: { patientId },
      body: {
        ...(await signedByTyping(patientId)),
        signature: { kind: 'drawn', image: 'data:image/png;base64,iVBORw0KGgo=' },
      },
    })
    expect(refusal.code).toBe('consent_signature_missing')
  })

  test('a scanned paper needs its scan, may carry an earlier day, and says why it comes late', async () => {
    const patientId = await story.addPatient()
    const scan = await story.as('sam').does(contract.documents.upload, {
      params: { patientId },
      query: { name: 'diaz.pdf', kind: 'consent_scan' },
      file: Buffer.from('%PDF-1.4 signed paper'),
    })
    const { signature: _, ...common } = await signedByTyping(patientId)
    const paper = { ...common, form: 'scanned', scanDocumentId: scan.id, givenOn: '2026-10-30' } as const
    expect(
      (await story.as('sam').isRefused(contract.consents.record, { params: { patientId }, body: paper })).code,
    ).toBe('attestation_required')
    const consent = await story.as('sam').does(contract.consents.record, {
      params: { patientId },
      body: { ...paper, backDatingReason: 'Signed at the visit on Friday.' },
    })
    expect(consent).toMatchObject({
      form: 'scanned',
      signature: 'paper',
      givenOn: '2026-10-30',
      signatureDocumentId: scan.id,
    })
  })

  test('the scan of another patient is refused', async () => {
    const patientId = await story.addPatient()
    const neighbour = await story.addPatient({ given: 'Tom', family: 'Lee' })
    const scan = await story.as('sam').does(contract.documents.upload, {
      params: { patientId: neighbour },
      query: { name: 'lee.pdf', kind: 'consent_scan' },
      file: Buffer.from('%PDF-1.4 signed paper'),
    })
    const { signature: _, ...common } = await signedByTyping(patientId)
    const refusal = await story.as('sam').isRefused(contract.consents.record, {
      params: { patientId },
      body: { ...common, form: 'scanned', scanDocumentId: scan.id },
    })
    expect(refusal.code).toBe('consent_signature_missing')
  })

  test('by word of mouth only where the clinic allows it', async () => {
    const patientId = await story.addPatient()
    const { signature: _, ...common } = await signedByTyping(patientId, { faceToFace: false })
    const spoken = { ...common, form: 'verbal', readAloud: true } as const
    expect(
      (await story.as('rosa').isRefused(contract.consents.record, { params: { patientId }, body: spoken })).code,
    ).toBe('consent_form_not_allowed')
    await story.setPolicy('consent.mode', 'cms_minimum')
    const consent = await story
      .as('rosa')
      .does(contract.consents.record, { params: { patientId }, body: { ...spoken, witness: 'Ana Diaz' } })
    expect(consent).toMatchObject({ form: 'verbal', signature: 'spoken' })
    await story.setPolicy('consent.mode', 'written')
  })

  test('a clinic that asks for it in person takes no signature at a distance', async () => {
    const patientId = await story.addPatient()
    await story.setPolicy('consent.mode', 'written_face_to_face')
    const refusal = await story.as('rosa').isRefused(contract.consents.record, {
      params: { patientId },
      body: await signedByTyping(patientId, { faceToFace: false }),
    })
    expect(refusal.code).toBe('consent_form_not_allowed')
    await story.setPolicy('consent.mode', 'written')
  })

  test.each(everyStatement)('without telling %s there is no consent, and the refusal names it', async (statement) => {
    const patientId = await story.addPatient()
    const refusal = await story.as('sam').isRefused(contract.consents.record, {
      params: { patientId },
      body: await signedByTyping(patientId, { told: everyStatement.filter((told) => told !== statement) }),
    })
    expect(refusal).toMatchObject({
      code: 'consent_statement_missing',
      faults: [{ path: 'body.told', message: expect.stringContaining(statement) }],
    })
  })

  test('a form that changed since it was shown is not signed', async () => {
    const patientId = await story.addPatient()
    const refusal = await story.as('sam').isRefused(contract.consents.record, {
      params: { patientId },
      body: await signedByTyping(patientId, { formSha256: '0'.repeat(64) }),
    })
    expect(refusal.code).toBe('consent_form_outdated')
  })

  test('a second consent waits until the first is stopped', async () => {
    const patientId = await story.addPatient()
    await story
      .as('sam')
      .does(contract.consents.record, { params: { patientId }, body: await signedByTyping(patientId) })
    expect(
      (
        await story
          .as('sam')
          .isRefused(contract.consents.record, { params: { patientId }, body: await signedByTyping(patientId) })
      ).code,
    ).toBe('consent_exists')
  })

  test('nobody consents for the dead', async () => {
    const alive = await story.addPatient()
    const body = await signedByTyping(alive)
    const patientId = await story.addPatient({ deceased: true, diedOn: '2026-10-01' })
    expect((await story.as('sam').isRefused(contract.consents.form, { params: { patientId }, query: {} })).code).toBe(
      'patient_deceased',
    )
    expect((await story.as('sam').isRefused(contract.consents.record, { params: { patientId }, body })).code).toBe(
      'patient_deceased',
    )
  })

  test('Rosa cannot be named as the one who bills', async () => {
    const patientId = await story.addPatient()
    const refusal = await story.as('sam').isRefused(contract.consents.record, {
      params: { patientId },
      body: await signedByTyping(patientId, { practitionerId: story.as('rosa').id }),
    })
    expect(['not_a_practitioner', 'consent_form_outdated']).toContain(refusal.code)
  })

  test('the same request sent twice records one consent; the key with another body is refused', async () => {
    const patientId = await story.addPatient()
    const body = await signedByTyping(patientId)
    const first = await story
      .as('sam')
      .call(contract.consents.record, { params: { patientId }, body }, { key: 'tablet-1' })
    const again = await story
      .as('sam')
      .call(contract.consents.record, { params: { patientId }, body }, { key: 'tablet-1' })
    expect(again.body).toEqual(first.body)
    const other = await story
      .as('sam')
      .call(
        contract.consents.record,
        { params: { patientId }, body: { ...body, copyChannel: 'mailed' } },
        { key: 'tablet-1' },
      )
    expect(other.problem?.code).toBe('idempotency_mismatch')
    const { items } = await story.as('sam').does(contract.consents.list, { params: { patientId } })
    expect(items).toHaveLength(1)
  })

  test('a dry run answers and keeps nothing', async () => {
    const patientId = await story.addPatient()
    const tried = await story
      .as('sam')
      .call(
        contract.consents.record,
        { params: { patientId }, body: await signedByTyping(patientId) },
        { dryRun: true },
      )
    expect(tried.status).toBe(200)
    expect((await story.as('sam').does(contract.consents.list, { params: { patientId } })).items).toEqual([])
  })
})

describe('stopping', () => {
  test('a wish of 10 June ends on 30 June, once, and the deed is on record', async () => {
    const patientId = await story.addPatient()
    story.clock.set('2026-06-01T14:00:00Z')
    const consent = await story
      .as('rosa')
      .does(contract.consents.record, { params: { patientId }, body: await signedByTyping(patientId) })
    story.clock.set('2026-06-10T14:00:00Z')
    const stop = { params: { id: consent.id }, body: { requestedOn: '2026-06-10', reason: 'Moves to her daughter.' } }
    const stopped = await story.as('rosa').does(contract.consents.revoke, stop)
    expect(stopped.revocation).toMatchObject({
      requestedOn: '2026-06-10',
      effectiveOn: '2026-06-30',
      reason: 'Moves to her daughter.',
    })
    expect((await story.as('rosa').isRefused(contract.consents.revoke, stop)).code).toBe('consent_not_active')
    expect((await story.auditOf('consent.revoked')).map((event) => event.outcome)).toEqual(['done', 'refused'])
    story.clock.set('2026-11-03T14:12:00Z')
  })

  test('Sam at the desk cannot stop a consent', async () => {
    const patientId = await story.addPatient()
    const consent = await story
      .as('sam')
      .does(contract.consents.record, { params: { patientId }, body: await signedByTyping(patientId) })
    const refusal = await story.as('sam').isRefused(contract.consents.revoke, {
      params: { id: consent.id },
      body: { requestedOn: '2026-11-03', reason: 'No.' },
    })
    expect(refusal.code).toBe('forbidden')
  })

  test('another organization does not even learn that the consent exists', async () => {
    const patientId = await story.addPatient()
    const consent = await story
      .as('sam')
      .does(contract.consents.record, { params: { patientId }, body: await signedByTyping(patientId) })
    const stranger = story.other.as('rosa')
    expect(
      (
        await stranger.isRefused(contract.consents.revoke, {
          params: { id: consent.id },
          body: { requestedOn: '2026-11-03', reason: 'Curious.' },
        })
      ).code,
    ).toBe('not_found')
    expect((await stranger.isRefused(contract.consents.list, { params: { patientId } })).code).toBe('not_found')
  })
})

test('the paper is a PDF in the language of the consent', async () => {
  const patientId = await story.addPatient()
  const { text: _, ...form } = await shownForm(patientId, 'es')
  const consent = await story
    .as('sam')
    .does(contract.consents.record, { params: { patientId }, body: { ...(await signedByTyping(patientId)), ...form } })
  const paper = await story.as('sam').call(contract.consents.pdf, { params: { id: consent.id } })
  expect(paper.raw.headers['content-type']).toBe('application/pdf')
  expect(paper.raw.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
})

test('a copy is given once', async () => {
  const patientId = await story.addPatient()
  const consent = await story.as('sam').does(contract.consents.record, {
    params: { patientId },
    body: await signedByTyping(patientId, { copyChannel: 'later' }),
  })
  expect(consent.copyGivenOn).toBeNull()
  const given = await story
    .as('sam')
    .does(contract.consents.giveCopy, { params: { id: consent.id }, body: { channel: 'mailed' } })
  expect(given).toMatchObject({ copyGivenOn: '2026-11-03', copyChannel: 'mailed' })
  expect(
    (
      await story
        .as('sam')
        .isRefused(contract.consents.giveCopy, { params: { id: consent.id }, body: { channel: 'printed' } })
    ).code,
  ).toBe('conflict')
})
