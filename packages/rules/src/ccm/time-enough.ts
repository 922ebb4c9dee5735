import { valueOn } from '../book/dated.ts'
import { block, pass, rule, unknown } from '../book/rule.ts'
import { sources } from '../sources.ts'
import { totalMs } from '../time.ts'
import {
  complexAddOnCap,
  complexFirstBlock,
  complexFurtherBlock,
  nonComplexAddOnCap,
  nonComplexFirstBlock,
  nonComplexFurtherBlock,
  personalAddOnCap,
  personalFirstBlock,
  personalFurtherBlock,
} from '../values/ccm/time.ts'
import type { LeftOutReason } from '../verdict.ts'
import { couldEverCount, timeStillOpen } from './minutes.ts'
import type { MonthView } from './month-view.ts'

/** '12 min 30 s', for a sentence. */
export function spoken(seconds: number): string {
  const rest = seconds % 60
  const minutes = Math.floor(seconds / 60)
  if (minutes === 0) return `${rest} s`
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`
}

export const timeEnough = rule<MonthView>({
  id: 'ccm.time.enough',
  asks: 'Do the countable minutes fill a first block?',
  values: [
    nonComplexFirstBlock,
    nonComplexFurtherBlock,
    nonComplexAddOnCap,
    complexFirstBlock,
    complexFurtherBlock,
    complexAddOnCap,
    personalFirstBlock,
    personalFurtherBlock,
    personalAddOnCap,
  ],
  reads: ({ tally }) => ({
    staffSeconds: tally.staffSeconds,
    practitionerSeconds: tally.practitionerSeconds,
    countedSeconds: tally.countedSeconds,
    pooledMinutes: tally.pooledMinutes,
  }),
  base: {
    id: 'never_rounded_up',
    from: '2021-01',
    law: [sources.cmsFaq2017, sources.mln909188],
    decide: ({ facts, tally, chosen, lastDay }, month) => {
      if (chosen) return pass(`${spoken(tally.countedSeconds)} count in this month.`)
      const needed = valueOn(nonComplexFirstBlock, month) * 60
      if (facts.time === undefined) {
        return couldEverCount(facts, needed)
          ? pass('The minutes are asked once the time log is known.')
          : block('Whatever the time log says: no time is left in the month in which minutes could count.')
      }
      const leftOutAs = (reason: LeftOutReason): number =>
        tally.leftOut.reduce((sum, one) => (one.reason === reason ? sum + one.seconds : sum), 0)
      const waiting = leftOutAs('waiting_for_approval')
      if (waiting > 0 && tally.pooledSeconds + waiting >= needed) {
        return block(`${spoken(tally.pooledSeconds)} count; another ${spoken(waiting)} wait for approval.`, {
          step: 'approve_time',
          role: 'manager',
          late: true,
          sentence: `Approve or decline the ${spoken(waiting)} that were written by hand.`,
        })
      }
      const maybe = leftOutAs('unknown')
      if (tally.pooledSeconds + maybe >= needed) {
        return unknown(`${spoken(tally.pooledSeconds)} count; whether another ${spoken(maybe)} count is not known.`, {
          step: 'correct_time_entry',
          role: 'care_manager',
          late: true,
          sentence: 'Complete the time entries of which something is not known.',
        })
      }
      const short = needed - tally.pooledSeconds
      const count = tally.pooledSeconds === 0 ? 'No minute counts' : `${spoken(tally.pooledSeconds)} count`
      const said = `${count}; ${spoken(needed)} are needed.`
      if ((!facts.asOf || facts.asOf <= lastDay) && totalMs(timeStillOpen(facts)) < short * 1000) {
        return block(`${said} No time is left in the month in which more could count.`)
      }
      return block(said, {
        step: 'add_care_time',
        role: 'care_manager',
        sentence: `${spoken(short)} more of countable care by ${lastDay}.`,
      })
    },
  },
})
