import * as deeds from './clinics.actions.ts'

export { saveClinic } from './clinics.actions.ts'
export {
  type Address,
  type Clinic,
  insertClinic,
  insertPolicy,
  policyAt,
  policyDefault,
  policyOn,
  readClinic,
  rulePoliciesOn,
} from './clinics.store.ts'
export type { PolicyKey, PolicyValue } from './policies.ts'

export const handlers = {
  'clinics.get': deeds.get,
  'clinics.update': deeds.update,
  'clinics.attestAccess': deeds.attestAccess,
  'clinics.policies': deeds.list,
  'clinics.setPolicy': deeds.setPolicy,
}
