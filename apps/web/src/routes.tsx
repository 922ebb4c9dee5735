import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  useParams,
} from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useCan, useSession, useToday } from './api/index.ts'
import { routes as audit } from './features/audit/routes.tsx'
import { routes as calls } from './features/calls/routes.tsx'
import { routes as carePlans } from './features/care-plans/routes.tsx'
import { routes as claims } from './features/claims/routes.tsx'
import { routes as clinics } from './features/clinics/routes.tsx'
import { routes as codeLists } from './features/code-lists/routes.tsx'
import { routes as consents } from './features/consents/routes.tsx'
import { routes as coverageSweeps } from './features/coverage-sweeps/routes.tsx'
import { routes as denials } from './features/denials/routes.tsx'
import { routes as documents } from './features/documents/routes.tsx'
import { routes as edits } from './features/edits/routes.tsx'
import { routes as eligibility } from './features/eligibility/routes.tsx'
import { routes as enrollments } from './features/enrollments/routes.tsx'
import { routes as inbox } from './features/inbox/routes.tsx'
import { routes as interop } from './features/interop/routes.tsx'
import { routes as metrics } from './features/metrics/routes.tsx'
import { routes as minutes } from './features/minutes/routes.tsx'
import { routes as months } from './features/months/routes.tsx'
import { routes as onCall } from './features/on-call/routes.tsx'
import { routes as outreach } from './features/outreach/routes.tsx'
import { routes as patients } from './features/patients/routes.tsx'
import { routes as payers } from './features/payers/routes.tsx'
import { routes as remittances } from './features/remittances/routes.tsx'
import { routes as rules } from './features/rules/routes.tsx'
import { routes as staffing } from './features/staffing/routes.tsx'
import { routes as tasks } from './features/tasks/routes.tsx'
import { routes as users } from './features/users/routes.tsx'
import { patterns } from './paths.ts'
import { mergeManifests } from './roles/index.ts'
import { NotFound } from './shell/NotFound.tsx'
import { RouterUi } from './shell/RouterUi.tsx'
import { SignedIn } from './shell/SignedIn.tsx'
import type { FeatureRoute } from './shell/slots.tsx'
import { useGo } from './ui/index.ts'

const featureRoutes: readonly FeatureRoute[] = [
  ...audit,
  ...calls,
  ...carePlans,
  ...claims,
  ...clinics,
  ...codeLists,
  ...consents,
  ...coverageSweeps,
  ...denials,
  ...edits,
  ...payers,
  ...documents,
  ...eligibility,
  ...enrollments,
  ...inbox,
  ...interop,
  ...metrics,
  ...minutes,
  ...months,
  ...onCall,
  ...outreach,
  ...patients,
  ...remittances,
  ...rules,
  ...staffing,
  ...tasks,
  ...users,
]

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundOutside })

const signIn = createRoute({
  getParentRoute: () => root,
  path: patterns.signIn,
  component: lazyRouteComponent(() => import('./shell/SignInPage.tsx')),
})
const invitation = createRoute({
  getParentRoute: () => root,
  path: patterns.invitation,
  component: lazyRouteComponent(() => import('./shell/InvitationPage.tsx')),
})
const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: SignedIn })
const home = createRoute({ getParentRoute: () => signedIn, path: '/', component: Home })
const rest = createRoute({ getParentRoute: () => signedIn, path: '$', component: NotFound })

const pages = featureRoutes.map((page) =>
  createRoute({
    getParentRoute: () => signedIn,
    path: page.path.replace(/:([A-Za-z]+)/g, '$$$1'),
    component: () => <Guarded page={page} />,
  }),
)

/** Known to this person, or not found: a refused page looks like one that does not exist. */
function Guarded({ page }: { page: FeatureRoute }) {
  const can = useCan()
  const params: Record<string, string> = useParams({ strict: false })
  const allowed = page.permission === 'signed_in' || can(page.permission)
  return allowed ? <page.component params={params} /> : <NotFound />
}

/** The address without a path leads to the start page of the seat. */
function Home() {
  const { person } = useSession()
  const month = useToday().slice(0, 7)
  const to = useMemo(() => mergeManifests(person.roles).home({ month }), [person.roles, month])
  const go = useGo()
  useEffect(() => go(to, { replace: true }), [go, to])
  return null
}

function NotFoundOutside() {
  return (
    <RouterUi timeZone="UTC">
      <NotFound />
    </RouterUi>
  )
}

/** Every page of the staff application. Search values stay plain text: `?risk=high`, never quoted. */
export function createAppRouter() {
  return createRouter({
    routeTree: root.addChildren([signIn, invitation, signedIn.addChildren([home, ...pages, rest])]),
    defaultPreload: false,
    scrollRestoration: false,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(
        Object.entries(search).map(([name, value]): [string, string] => [name, String(value)]),
      ).toString()
      return text === '' ? '' : `?${text}`
    },
  })
}
