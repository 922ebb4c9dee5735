import { paths } from '../paths.ts'
import type { RoleManifest } from './manifest.ts'
import { nav } from './nav.ts'
import * as from from './slots.ts'

export const onCall: RoleManifest = {
  role: 'on_call',
  home: () => paths.onCall(),
  sentence: 'Answers at night: finds the patient and the plan in two clicks.',
  nav: [nav.onCall],
  slots: {
    dock: [from.minutes],
  },
}
