/** What other features may use of this one. */
export { timerViews, useSwitchUndo } from './timer.ts'
export { instantIn, leftOutText } from './words.ts'
