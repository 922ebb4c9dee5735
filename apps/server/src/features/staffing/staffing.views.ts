import type { Role, StaffMember } from '@keepwell/contract'
import { credentialRow, daysBetween, monthOfDate } from '@keepwell/rules'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'

interface Row {
  id: string
  name: string
  title: string
  roles: Role[]
  active: boolean
  npi: string | null
  weeklyMinutes: number
  credentialId: string | null
  credential: string | null
  validFrom: string | null
  validTo: string | null
  supervisorId: string | null
  supervisorName: string | null
  enrolledPatients: number
  secondsThisMonth: number
}

/** The people of the organization, at most 500, or one of them, with the credential of today or else the latest. */
export async function listStaffMembers(tx: Tx, today: string, id?: string): Promise<StaffMember[]> {
  const { rows } = await sql<Row>`
    select s.id, s.name, s.title, s.roles, s.active, s.npi, s.weekly_minutes as "weeklyMinutes", c.id as "credentialId", c.credential, c.valid_from as "validFrom",
      c.valid_to as "validTo", v.id as "supervisorId", v.name as "supervisorName", coalesce(n.patients, 0)::int as "enrolledPatients", coalesce(t.seconds, 0)::int as "secondsThisMonth"
    from staff s
    left join lateral (select * from staff_credentials c where c.tenant_id = s.tenant_id and c.staff_id = s.id
      order by (c.valid_from <= ${today}::date and (c.valid_to is null or c.valid_to >= ${today}::date)) desc, c.valid_from desc, c.recorded_at desc limit 1) c on true
    left join staff v on v.tenant_id = c.tenant_id and v.id = c.supervised_by
    left join (select care_manager_id, count(*) as patients from (
        select distinct on (a.patient_id) a.patient_id, a.care_manager_id from care_manager_assignments a
        join enrollments e on e.tenant_id = a.tenant_id and e.patient_id = a.patient_id
        left join enrollment_ends x on x.tenant_id = e.tenant_id and x.enrollment_id = e.id
        where a.tenant_id = ${tx.tenantId} and e.enrolled_on <= ${today} and (x.ended_on is null or x.ended_on >= ${today}) order by a.patient_id, a.from_on desc, a.assigned_at desc) newest group by 1) n on n.care_manager_id = s.id
    left join (select staff_id, sum(seconds) as seconds from time_entries where tenant_id = ${tx.tenantId} and month = ${monthOfDate(today)} and superseded_at is null group by 1) t on t.staff_id = s.id
    where s.tenant_id = ${tx.tenantId} and (${id ?? null}::uuid is null or s.id = ${id ?? null}) order by s.active desc, s.name limit 500`.execute(
    tx.db,
  )
  return rows.map((row) => present(row, today))
}

function present(row: Row, today: string): StaffMember {
  const known = row.credential === null ? undefined : credentialRow(row.credential)
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    roles: row.roles,
    active: row.active,
    npi: row.npi,
    weeklyMinutes: row.weeklyMinutes,
    credential:
      row.credentialId === null || row.credential === null || row.validFrom === null
        ? null
        : {
            id: row.credentialId,
            credential: row.credential,
            label: known?.label ?? row.credential,
            clinical: known?.clinical ?? false,
            mayBill: known?.mayBill ?? false,
            validFrom: row.validFrom,
            validTo: row.validTo,
            supervisedBy: row.supervisorId === null ? null : { id: row.supervisorId, name: row.supervisorName ?? '' },
          },
    expiresInDays: row.validTo === null ? null : daysBetween(today, row.validTo),
    enrolledPatients: row.enrolledPatients,
    minutesThisMonth: Math.floor(row.secondsThisMonth / 60),
  }
}
