import { type Dated, dated, valueOn } from '../book/dated.ts'
import { type Source, sources } from '../sources.ts'
import { addDays, addYears, type LocalDate } from '../time.ts'

const OPEN = { checkedThrough: '2026-12', nextExpected: '2027-01' } as const
const days = (key: string, value: number, source: Source): Dated<number> =>
  dated({ key, unit: 'day', ...OPEN, values: [{ from: '2015-01', published: 'unknown', source, value }] })

/** The amount that must be at stake, by the year in which the request is filed; in cents. */
const atStake = (key: string, amounts: ReadonlyArray<readonly [year: string, cents: number]>): Dated<number> =>
  dated({
    key,
    unit: 'cent',
    ...OPEN,
    values: amounts.map(([year, value]) => ({
      from: `${year}-01`,
      until: `${Number(year) + 1}-01`,
      published: 'unknown' as const,
      source: year === '2026' ? sources.fr55869 : sources.ngsAppeals,
      value,
    })),
  })

export interface AppealLevel {
  readonly level: 1 | 2 | 3 | 4 | 5
  readonly name: string
  readonly decides: string
  readonly fileWithinDays: Dated<number>
  readonly decidedWithinDays: Dated<number> | null
  /** null = none is asked; no text for a year = not known. */
  readonly atStakeCents: Dated<number> | null
  readonly law: readonly Source[]
}

const law = [sources.ngsAppeals]
const redeterminationDays = days('appeal.1.file_within', 120, sources.cfr405942)

/** The five levels of appeal. Claims of care management are small: several are taken together to reach the third. */
export const appealLevels: readonly AppealLevel[] = [
  {
    level: 1,
    name: 'Redetermination',
    decides: 'the Medicare contractor',
    fileWithinDays: redeterminationDays,
    decidedWithinDays: days('appeal.1.decided_within', 60, sources.ngsAppeals),
    atStakeCents: null,
    law: [sources.cfr405942, ...law],
  },
  {
    level: 2,
    name: 'Reconsideration',
    decides: 'a qualified independent contractor',
    fileWithinDays: days('appeal.2.file_within', 180, sources.ngsAppeals),
    decidedWithinDays: days('appeal.2.decided_within', 60, sources.ngsAppeals),
    atStakeCents: null,
    law,
  },
  {
    level: 3,
    name: 'Hearing by an administrative law judge',
    decides: 'the Office of Medicare Hearings and Appeals',
    fileWithinDays: days('appeal.3.file_within', 60, sources.ngsAppeals),
    decidedWithinDays: days('appeal.3.decided_within', 90, sources.ngsAppeals),
    atStakeCents: atStake('appeal.3.at_stake', [
      ['2025', 19_000],
      ['2026', 20_000],
    ]),
    law: [...law, sources.fr55869],
  },
  {
    level: 4,
    name: 'Review by the Medicare Appeals Council',
    decides: 'the Departmental Appeals Board',
    fileWithinDays: days('appeal.4.file_within', 60, sources.ngsAppeals),
    decidedWithinDays: days('appeal.4.decided_within', 90, sources.ngsAppeals),
    atStakeCents: null,
    law,
  },
  {
    level: 5,
    name: 'Review by a federal district court',
    decides: 'the court',
    fileWithinDays: days('appeal.5.file_within', 60, sources.ngsAppeals),
    decidedWithinDays: null,
    atStakeCents: atStake('appeal.5.at_stake', [
      ['2025', 190_000],
      ['2026', 196_000],
    ]),
    law: [...law, sources.fr55869],
  },
]

/** A notice counts as received so many days after its date. */
export const noticePresumedDays = days('appeal.notice_presumed', 5, sources.cfr405942)
/** A clerical error is reopened for any reason within so many years of the decision, for good cause within the other. */
export const reopeningYears = dated({
  key: 'reopening.any_reason',
  unit: 'year',
  ...OPEN,
  values: [{ from: '2015-01', published: 'unknown', source: sources.cfr405980, value: 1 }],
})
export const reopeningForCauseYears = dated({
  key: 'reopening.good_cause',
  unit: 'year',
  ...OPEN,
  values: [{ from: '2015-01', published: 'unknown', source: sources.fieldKnowledge, value: 4 }],
})
/** Records that were asked for are due within so many days. */
export const recordsDueDays = days('records.due_within', 45, sources.fieldKnowledge)
/** An overpayment is reported and returned within so many days of being identified, and looked for so many years back. */
export const overpaymentReturnDays = days('overpayment.return_within', 60, sources.cfr401305)
export const overpaymentInquiryDays = days('overpayment.inquiry_within', 180, sources.cfr401305)
export const overpaymentLookBackYears = dated({
  key: 'overpayment.look_back',
  unit: 'year',
  ...OPEN,
  values: [{ from: '2015-01', published: 'unknown', source: sources.cfr401305, value: 6 }],
})

/** The last day to file the first level, the notice counting as received days after its date. */
export function redeterminationDueOn(noticeOn: LocalDate): LocalDate {
  return addDays(noticeOn, valueOn(noticePresumedDays, noticeOn) + valueOn(redeterminationDays, noticeOn))
}

/** The last day on which a clerical error is reopened without a cause. */
export function reopeningDueOn(decidedOn: LocalDate): LocalDate {
  return addYears(decidedOn, valueOn(reopeningYears, decidedOn))
}

/** Whether a sum reaches the level's amount in the year of filing; null where the year's amount is not known. */
export function reachesLevel(level: AppealLevel, cents: number, filedOn: LocalDate): boolean | null {
  if (level.atStakeCents === null) return true
  const entry = level.atStakeCents.values.find((one) => one.from === `${filedOn.slice(0, 4)}-01`)
  return entry === undefined ? null : cents >= entry.value
}
