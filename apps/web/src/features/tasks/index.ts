/** What other features and the shell may use of this one. */
export { FinishTask } from './FinishTask.tsx'
export { NewTaskForm } from './NewTaskForm.tsx'
export { kindText, pressing } from './words.ts'
