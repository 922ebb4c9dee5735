/** What other features may use of this one. */
export { RoleWords } from './PathList.tsx'
