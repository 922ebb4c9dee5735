import { contract } from '@keepwell/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStory, type Story } from '../../../test/support/story.ts'
import { json } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'

let story: Story
let elena: string
beforeAll(async () => {
  story = await openStory()
  elena = await story.addPatient({ phone: '212-555-0102' })
  await story.addPatient({
    given: 'Walter',
    family: 'Hill',
    bornOn: '1940-01-02',
    mbi: '2EG4TE5MK74',
    deceased: true,
    diedOn: '2026-02-03',
    phone: '212-555-0177',
  })
  for (const given of ['Ann', 'Bea', 'Cy'])
    await story.addPatient({ given, family: 'Abel', mbi: null, phone: '212-555-0199' })
})
afterAll(() => story.close())

const finds = async (text: string, more: Record<string, unknown> = {}) =>
  (await story.as('sam').does(contract.patients.search, { body: { text, ...more } })).items.map((hit) => hit.name)

describe('finding a patient', () => {
  test.each([
    ['diaz', ['Elena Diaz']],
    ['el di', ['Elena Diaz']],
    ['iaz', []],
    ['3/14/1952', expect.arrayContaining(['Elena Diaz'])],
    ['212-555-0102', ['Elena Diaz']],
    ['0102', ['Elena Diaz']],
    ['mk73', ['Elena Diaz']],
    ['100%', []],
    ['_', ['Ann Abel', 'Bea Abel', 'Cy Abel', 'Elena Diaz', 'Walter Hill']],
  ])('%s', async (text, names) => expect(await finds(text)).toEqual(names))

  test('filters and pages, in order of name', async () => {
    expect(await finds('', { deceased: true })).toEqual(['Walter Hill'])
    expect(await finds('', { enrollment: 'enrolled' })).toEqual([])
    const first = await story.as('sam').does(contract.patients.search, { body: { limit: 2 } })
    const second = await story
      .as('sam')
      .does(contract.patients.search, { body: { limit: 9, cursor: first.nextCursor ?? '' } })
    expect([...first.items, ...second.items].map((hit) => hit.name)).toEqual([
      'Ann Abel',
      'Bea Abel',
      'Cy Abel',
      'Elena Diaz',
      'Walter Hill',
    ])
    expect(second.nextCursor).toBeNull()
  })

  test('shows enough to tell people apart and nothing of their health; the trail does not keep the words', async () => {
    const { items } = await story.as('sam').does(contract.patients.search, { body: { text: 'diaz' } })
    expect(items).toEqual([
      {
        id: elena,
        name: 'Elena Diaz',
        bornOn: '1952-03-14',
        sex: 'female',
        deceased: false,
        phone: '212-555-0102',
        mbiLast4: 'MK73',
        enrollment: 'none',
        careManager: null,
      },
    ])
    expect((await story.auditOf('patient.searched')).at(-1)).toMatchObject({
      detail: { by: 'name', found: 1 },
    })
  })

  test('Nia on call has her own door; another organization finds nobody', async () => {
    expect((await story.as('nia').isRefused(contract.patients.search, { body: { text: 'diaz' } })).code).toBe(
      'forbidden',
    )
    expect((await story.other.as('sam').does(contract.patients.search, { body: { text: 'diaz' } })).items).toEqual([])
    expect((await story.other.as('rosa').isRefused(contract.patients.get, { params: { patientId: elena } })).code).toBe(
      'not_found',
    )
    expect(
      (await story.other.as('rosa').isRefused(contract.patients.chart, { params: { patientId: elena } })).code,
    ).toBe('not_found')
    expect(
      (await story.other.as('rosa').isRefused(contract.patients.contact, { params: { patientId: elena } })).code,
    ).toBe('not_found')
    expect(
      (
        await story.other
          .as('rosa')
          .isRefused(contract.patients.updateContact, { params: { patientId: elena }, body: {} })
      ).code,
    ).toBe('not_found')
    expect(
      (await story.other.as('lena').isRefused(contract.patients.coverage, { params: { patientId: elena } })).code,
    ).toBe('not_found')
    expect(
      (
        await story.other.as('lena').isRefused(contract.patients.addCoverage, {
          params: { patientId: elena },
          body: { kind: 'medicaid' },
        })
      ).code,
    ).toBe('not_found')
  })
})

describe('who the patient is', () => {
  test('the overview says how things stand and is on record as opened', async () => {
    const overview = await story.as('sam').does(contract.patients.get, { params: { patientId: elena } })
    expect(overview).toMatchObject({
      name: 'Elena Diaz',
      mbiLast4: 'MK73',
      consent: { state: 'none' },
      enrollment: { state: 'none' },
      careManager: null,
      openTasks: 0,
    })
    expect((await story.auditOf('patient.opened')).at(-1)).toMatchObject({
      outcome: 'done',
      actor_id: story.as('sam').id,
      patient_id: elena,
    })
    expect(JSON.stringify(overview)).not.toMatch(/Hypertension|diabetes/i)
  })

  test('Sam at the desk sees no chart; Rosa does', async () => {
    expect((await story.as('sam').isRefused(contract.patients.chart, { params: { patientId: elena } })).code).toBe(
      'forbidden',
    )
    await story.look(async (tx) => {
      const base = { tenant_id: tx.tenantId, patient_id: elena, source: 'ehr' }
      await tx.db
        .insertInto('medications')
        .values({
          ...base,
          id: newId(),
          source_id: 'm1',
          status: 'active',
          display: 'Lisinopril 10 MG',
          dosage_text: 'One a day',
        })
        .execute()
      await tx.db
        .insertInto('conditions')
        .values({
          ...base,
          id: newId(),
          source_id: 'wrong',
          system: 'icd10cm',
          code: 'C50',
          display: 'Not hers',
          codings: json([]),
          clinical_status: 'active',
          verification_status: 'entered-in-error',
        })
        .execute()
      for (const [index, value] of [150, 138].entries()) {
        await tx.db
          .insertInto('observations')
          .values({
            ...base,
            id: newId(),
            source_id: `o${index}`,
            code: '8480-6',
            display: 'Systolic',
            category: 'vital-signs',
            effective_at: `2026-0${index + 1}-01T12:00:00Z`,
            value_number: String(value),
            unit: 'mm[Hg]',
          })
          .execute()
      }
    })
    const chart = await story.as('rosa').does(contract.patients.chart, { params: { patientId: elena } })
    expect(chart.conditions.map((one) => one.code).sort()).toEqual(['E11.22', 'I10'])
    expect(chart.medications).toMatchObject([{ name: 'Lisinopril 10 MG', active: true, dosage: 'One a day' }])
    expect(chart.values).toMatchObject([
      { name: 'Systolic', latest: { text: '138 mmHg' }, points: [{ value: 150 }, { value: 138 }] },
    ])
  })
})

describe('how to reach the patient', () => {
  const confirmed = {
    phone: '+1 (212) 555-0133',
    phoneType: 'mobile',
    textable: true,
    bestFrom: '09:00',
    bestTo: '11:30',
    language: 'es',
    hearingNote: 'Speak slowly',
    voicemailAllowed: false,
    caregiverName: 'Ana Diaz',
    caregiverPhone: '212.555.0144',
    caregiverRelationship: 'Daughter',
  } as const

  test('Sam confirms the number; it is kept with the day, goes before the EHR, and the former one stays on record', async () => {
    const first = await story
      .as('sam')
      .does(contract.patients.updateContact, { params: { patientId: elena }, body: confirmed })
    expect(first).toMatchObject({
      phone: '212-555-0133',
      caregiverPhone: '212-555-0144',
      verifiedOn: '2026-11-03',
      recordedBy: { name: 'Sam Porter' },
      email: null,
    })
    story.clock.advanceSeconds(60)
    await story.as('rosa').does(contract.patients.updateContact, {
      params: { patientId: elena },
      body: { ...confirmed, bestFrom: '14:00', bestTo: '16:00' },
    })
    const contact = await story.as('sam').does(contract.patients.contact, { params: { patientId: elena } })
    expect(contact.current).toMatchObject({ bestFrom: '14:00', recordedBy: { name: 'Rosa Marin' } })
    expect(contact.earlier).toEqual([first])
    expect(contact.ehr.phones).toMatchObject([{ number: '212-555-0102' }])
    const strip = await story.as('rosa').does(contract.patients.get, { params: { patientId: elena } })
    expect(strip).toMatchObject({
      phone: '212-555-0133',
      bestFrom: '14:00',
      bestTo: '16:00',
      language: 'es',
      hearingNote: 'Speak slowly',
    })
    expect(await finds('0144')).toEqual(['Elena Diaz'])
    expect((await story.auditOf('patient.contact_updated')).at(-1)).toMatchObject({
      detail: { changed: ['bestFrom', 'bestTo'] },
    })
  })

  test.each([
    [{ phone: '555' }, 'body.phone'],
    [{ phone: '112-555-0102' }, 'body.phone'],
    [{ bestFrom: '11:00', bestTo: '09:00' }, 'body.bestTo'],
    [{ bestFrom: '11:00' }, 'body.bestTo'],
    [{ caregiverPhone: '212-555-0102' }, 'body.caregiverName'],
    [{ email: 'elena' }, 'body.email'],
    [{ language: 'Spanish!' }, 'body.language'],
  ])('%j is refused with its place', async (body, path) => {
    const refusal = await story
      .as('sam')
      .isRefused(contract.patients.updateContact, { params: { patientId: elena }, body })
    expect(refusal.code).toBe('invalid_input')
    expect(refusal.faults?.map((fault) => fault.path)).toContain(path)
  })

  test('the same request twice is one entry; Lena only reads; the contact of the dead stays', async () => {
    const before = (await story.as('sam').does(contract.patients.contact, { params: { patientId: elena } })).earlier
      .length
    for (let count = 0; count < 2; count++)
      await story
        .as('sam')
        .call(contract.patients.updateContact, { params: { patientId: elena }, body: confirmed }, { key: 'desk-1' })
    expect(
      (await story.as('sam').does(contract.patients.contact, { params: { patientId: elena } })).earlier,
    ).toHaveLength(before + 1)
    expect(
      (
        await story
          .as('lena')
          .isRefused(contract.patients.updateContact, { params: { patientId: elena }, body: confirmed })
      ).code,
    ).toBe('forbidden')
    const [walter] = (await story.as('sam').does(contract.patients.search, { body: { text: 'hill' } })).items
    expect(
      (
        await story.as('sam').isRefused(contract.patients.updateContact, {
          params: { patientId: walter?.id ?? '' },
          body: confirmed,
        })
      ).code,
    ).toBe('patient_deceased')
  })
})

describe('what pays', () => {
  test('Lena sees the whole Medicare number, Sam and Rosa its end, Nia none', async () => {
    const seen = async (person: 'lena' | 'sam' | 'rosa') =>
      (await story.as(person).does(contract.patients.coverage, { params: { patientId: elena } })).mbi
    expect([await seen('lena'), await seen('sam'), await seen('rosa')]).toEqual(['1EG4TE5MK73', '••• MK73', '••• MK73'])
    expect((await story.as('nia').isRefused(contract.patients.coverage, { params: { patientId: elena } })).code).toBe(
      'forbidden',
    )
  })

  test('a card written down at the desk becomes the number that is used, and ends when Lena says so', async () => {
    const patientId = await story.addPatient({ given: 'Tom', family: 'Lee', mbi: null, coverages: [] })
    const card = {
      params: { patientId },
      body: {
        kind: 'medicare_part_b',
        payerName: 'Medicare',
        memberId: '3eg4-te5-mk75',
        fromOn: '2020-01-01',
      },
    } as const
    const added = await story.as('sam').does(contract.patients.addCoverage, card)
    expect(added).toMatchObject({ source: 'desk', memberId: '••• MK75', hint: false })
    expect((await story.as('lena').does(contract.patients.coverage, { params: { patientId } })).mbi).toBe('3EG4TE5MK75')
    expect(await finds('mk75')).toEqual(['Tom Lee'])
    expect(
      (
        await story.as('sam').isRefused(contract.patients.endCoverage, {
          params: { id: added.id },
          body: { toOn: '2026-01-01' },
        })
      ).code,
    ).toBe('forbidden')
    expect(
      (
        await story.as('lena').isRefused(contract.patients.endCoverage, {
          params: { id: added.id },
          body: { toOn: '2019-01-01' },
        })
      ).code,
    ).toBe('invalid_input')
    expect(
      await story
        .as('lena')
        .does(contract.patients.endCoverage, { params: { id: added.id }, body: { toOn: '2026-01-01' } }),
    ).toMatchObject({ toOn: '2026-01-01' })
    expect((await story.auditOf('patient.coverage_added')).at(-1)).toMatchObject({
      outcome: 'done',
      patient_id: patientId,
      detail: { kind: 'medicare_part_b' },
    })
    expect(
      (
        await story.other.as('lena').isRefused(contract.patients.endCoverage, {
          params: { id: added.id },
          body: { toOn: '2026-01-01' },
        })
      ).code,
    ).toBe('not_found')
  })

  test('a number with a slip, a number of somebody else and a coverage of the EHR are refused', async () => {
    const slip = await story.as('sam').isRefused(contract.patients.addCoverage, {
      params: { patientId: elena },
      body: { kind: 'medicare', memberId: '1LG4TE5MK73' },
    })
    expect(slip).toMatchObject({ code: 'invalid_input', faults: [{ path: 'body.memberId' }] })
    const other = await story.as('lena').isRefused(contract.patients.addCoverage, {
      params: { patientId: elena },
      body: { kind: 'medicare', memberId: '2EG4TE5MK74' },
    })
    expect(other.code).toBe('conflict')
    const { items } = await story.as('lena').does(contract.patients.coverage, { params: { patientId: elena } })
    expect(
      (
        await story.as('lena').isRefused(contract.patients.endCoverage, {
          params: { id: items[0]?.id ?? '' },
          body: { toOn: '2026-01-01' },
        })
      ).code,
    ).toBe('conflict')
  })
})
