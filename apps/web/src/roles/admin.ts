import { paths } from '../paths.ts'
import type { RoleManifest } from './manifest.ts'
import { nav } from './nav.ts'

export const admin: RoleManifest = {
  role: 'admin',
  home: () => paths.users(),
  sentence: 'Adds people, sets up the clinic and its connections.',
  nav: [nav.users, nav.settings, nav.staffing, nav.imports, nav.codeLists, nav.knowledge],
  slots: {},
}
