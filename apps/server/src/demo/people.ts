import type { Role } from '@keepwell/contract'
import type { StaffName } from '@keepwell/synth'

export type DemoName = StaffName | 'nia' | 'alex'

/** The demo clinic's people: each sits in one seat, and a visitor can take any of them. */
export const people: Record<
  DemoName,
  { name: string; title: string; roles: Role[]; credential: string | null; npi: string | null; weeklyMinutes: number }
> = {
  sam: {
    name: 'Sam Porter',
    title: 'Front desk',
    roles: ['front_desk'],
    credential: null,
    npi: null,
    weeklyMinutes: 0,
  },
  rosa: {
    name: 'Rosa Marin',
    title: 'Care manager, RN',
    roles: ['care_manager'],
    credential: 'RN',
    npi: null,
    weeklyMinutes: 1500,
  },
  tomas: {
    name: 'Tomas Reyes',
    title: 'Care manager, LPN',
    roles: ['care_manager'],
    credential: 'LPN',
    npi: null,
    weeklyMinutes: 900,
  },
  okafor: {
    name: 'Dr Ada Okafor',
    title: 'Physician',
    roles: ['provider'],
    credential: 'MD',
    npi: '1234567893',
    weeklyMinutes: 0,
  },
  june: {
    name: 'June Park',
    title: 'CCM manager',
    roles: ['ccm_manager'],
    credential: null,
    npi: null,
    weeklyMinutes: 0,
  },
  lena: { name: 'Lena Weiss', title: 'Biller', roles: ['biller'], credential: null, npi: null, weeklyMinutes: 0 },
  nia: { name: 'Nia Cole', title: 'On call, RN', roles: ['on_call'], credential: 'RN', npi: null, weeklyMinutes: 0 },
  alex: { name: 'Alex Kim', title: 'Administrator', roles: ['admin'], credential: null, npi: null, weeklyMinutes: 0 },
}
