import type { Database } from '../db/database.ts'
import { insertClinic, insertPolicy, type PolicyKey, type PolicyValue } from '../features/clinics/index.ts'
import { insertStaff, insertUser } from '../features/users/index.ts'
import { newId } from '../kernel/ids.ts'
import { type DemoName, people } from './people.ts'

export interface DemoClinic {
  tenantId: string
  clinicId: string
  staffIds: Record<DemoName, string>
}

/** The demo's organization, marked as such: seats open with a click there and nowhere else. */
export async function createDemoClinic(database: Database, now: Date): Promise<DemoClinic> {
  const tenantId = newId()
  const clinicId = newId()
  const names = Object.keys(people) as DemoName[]
  const staffIds = Object.fromEntries(names.map((name) => [name, newId()])) as Record<DemoName, string>
  await database.beforeTenant(async (db) => {
    await db
      .insertInto('auth.organizations')
      .values({ id: tenantId, name: 'Riverside Family Medicine (demo)', demo: true, created_at: now })
      .execute()
  })
  await database.withTenant(tenantId, async (tx) => {
    await insertClinic(
      tx,
      {
        id: clinicId,
        name: 'Riverside Family Medicine',
        timeZone: 'America/New_York',
        phone: '212-555-0100',
        afterHoursPhone: '212-555-0199',
        npi: '1972534865',
        taxId: '131234567',
        taxonomy: '207Q00000X',
        address: { lines: ['100 Riverside Drive'], city: 'New York', state: 'NY', zip: '100240001' },
        locality: '13202-01',
        placeOfService: '11',
        access24x7AttestedOn: '2025-10-01',
      },
      now,
    )
    const policy = <K extends PolicyKey>(key: K, value: PolicyValue<K>, fromOn: string, reason: string) =>
      insertPolicy(tx, { clinicId, key, value, fromOn, reason, by: null, now })
    await policy(
      'claim.parties',
      {
        submitterId: 'KEEPWELL1',
        submitterContact: 'Lena Weiss',
        submitterPhone: '2125550100',
        receiverId: '13202',
        receiverName: 'NGS MEDICARE',
        payerId: '13202',
        payerName: 'NGS MEDICARE PART B',
        usage: 'T',
      },
      '2025-10-01',
      'As the contractor gave them; the demo sends test files only.',
    )
    await policy('claim.channel', 'simulator', '2025-10-01', 'The demo sends to the payer simulator.')
    await policy('claim.undo_seconds', 120, '2025-10-01', 'Two minutes are enough in the demo.')
    await policy(
      'coverage.sweep_days',
      0,
      '2025-10-01',
      'In the demo Medicare is asked when somebody presses the button.',
    )
    // The year before used timers that were seldom refreshed; since November the product's own rhythm holds.
    await policy('minutes.gap_seconds', 600, '2025-10-01', 'Older timers spoke up every ten minutes.')
    await policy('minutes.gap_seconds', 45, '2026-11-01', 'Timers speak up every few seconds now.')
    for (const name of names) {
      const person = people[name]
      const id = staffIds[name]
      await insertStaff(tx, {
        id,
        name: person.name,
        title: person.title,
        roles: person.roles,
        npi: person.npi,
        weeklyMinutes: person.weeklyMinutes,
        now,
      })
      await tx.db
        .insertInto('staff_clinics')
        .values({ tenant_id: tenantId, staff_id: id, clinic_id: clinicId })
        .execute()
      if (person.credential !== null) {
        await tx.db
          .insertInto('staff_credentials')
          .values({
            tenant_id: tenantId,
            id: newId(),
            staff_id: id,
            credential: person.credential,
            valid_from: '2024-01-01',
            valid_to: name === 'tomas' ? '2026-12-31' : null,
            supervised_by: name === 'okafor' ? null : staffIds.okafor,
            recorded_at: now,
          })
          .execute()
      }
      await insertUser(tx.db, { id, tenantId, email: `${name}@demo.keepwell.example`, passwordHash: null, now })
    }
  })
  return { tenantId, clinicId, staffIds }
}
