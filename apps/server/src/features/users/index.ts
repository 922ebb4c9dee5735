import * as deeds from './users.actions.ts'

export { hashPassword } from './password.ts'
export { inviteUser, sealSecondFactors } from './users.actions.ts'
export {
  insertStaff,
  insertUser,
  listStaff,
  noteActivity,
  readHomeClinic,
  readSession,
  readStaff,
  type StaffRow,
} from './users.store.ts'
export { isLocked } from './users.ts'

export const handlers = {
  'session.get': deeds.getSession,
  'session.welcome': deeds.welcome,
  'session.signIn': deeds.signIn,
  'session.stepIn': deeds.stepIn,
  'session.signOut': deeds.signOut,
  'session.lock': deeds.lock,
  'session.unlock': deeds.unlock,
  'session.touch': deeds.touch,
  'session.setUpSecondFactor': deeds.setUpSecondFactor,
  'session.confirmSecondFactor': deeds.confirmSecondFactor,
  'users.list': deeds.list,
  'users.invite': deeds.invite,
  'users.acceptInvitation': deeds.acceptInvitation,
  'users.deactivate': deeds.deactivate,
}
