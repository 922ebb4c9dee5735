import { isGranted, type Role, type Task, taskCan, taskKindsWithAnswer } from '@keepwell/contract'
import { accept, type Decision, refuse } from '../../kernel/problem.ts'

/** What may be seen of the tasks: everything by those who read the chart or oversee, otherwise one's own side of it. */
export function seesEveryTask(held: readonly Role[]): boolean {
  return isGranted(held, 'patient:chart') || isGranted(held, 'metrics:read')
}

/** Answers to clinical questions are clinical words: a seat without the chart learns that there is one, not what it says. */
export function readsAnswers(held: readonly Role[]): boolean {
  return isGranted(held, 'patient:chart')
}

/** It is mine to work on where it carries my name, or my seat's and nobody's name. */
export function isMine(
  task: { ownerRole: string; ownerId: string | null },
  me: { id: string | null; roles: readonly Role[] },
): boolean {
  if (task.ownerId !== null) return task.ownerId === me.id
  return me.roles.some((role) => role === task.ownerRole)
}

export interface TaskToCreate {
  ownerRole: Role
  ownerId: string | null
  dueOn: string | null
}

/** Whether this work can be given: not due in the past, and to somebody who sits in that seat. */
export function decideCreate(
  task: TaskToCreate,
  situation: { today: string; ownerRoles: readonly string[] | null },
): Decision<true> {
  if (task.dueOn !== null && task.dueOn < situation.today) {
    return refuse('invalid_input', 'The due day is over. Choose today or later.', [
      { path: 'body.dueOn', message: 'Choose today or later.' },
    ])
  }
  if (situation.ownerRoles !== null && !situation.ownerRoles.includes(task.ownerRole)) {
    return refuse('invalid_input', 'This person does not sit in that seat. Choose another person or seat.', [
      { path: 'body.ownerId', message: 'Choose a person of that seat.' },
    ])
  }
  return accept(true)
}

export function decideAcknowledge(task: Task): Decision<true> {
  const whyNot = taskCan.acknowledge.whyNot(task)
  if (whyNot === null) return accept(true)
  return refuse(task.mine || task.acknowledged !== null || task.done !== null ? 'conflict' : 'forbidden', whyNot)
}

/** Whether the task can be closed; a question is closed by its answer alone. */
export function decideFinish(task: Task, answer: string): Decision<true> {
  const whyNot = taskCan.finish.whyNot(task)
  if (whyNot !== null) return refuse(task.done !== null ? 'conflict' : 'forbidden', whyNot)
  if (answer === '' && taskKindsWithAnswer.includes(task.kind)) {
    return refuse('invalid_input', 'Somebody waits for an answer: write it before you close the question.', [
      { path: 'body.answer', message: 'Write the answer.' },
    ])
  }
  return accept(true)
}
