import {
  type EligibilityAnswer,
  type EligibilityInquiry,
  parseDate6,
  read270,
  readInterchanges,
  write271,
} from '@keepwell/x12'
import type { EligibilityService } from './eligibility-service.ts'

/** What the clinic's own claims have taken from a patient's deductible of a year so far, in cents. */
export type TakenOf = (memberId: string, year: string) => Promise<number>

/**
 * A payer that answers like HETS, for the demo and for tests: the same question always gets the same answer.
 * What it answers is chosen by the family name or by the last four characters of the MBI; docs/simulator.md lists them.
 */
export function eligibilitySimulator(takenOf: TakenOf = async () => 0): EligibilityService {
  return {
    name: 'Eligibility simulator',
    connected: true,
    async ask(request270) {
      const file = read270(request270)
      const [interchange] = readInterchanges(request270).interchanges
      const header = interchange?.header?.elements ?? []
      const part = (index: number) => header[index]?.trim() ?? ''
      if (file.refused !== null || file.inquiries.length === 0)
        throw new Error('The eligibility simulator could not read the question.')
      if (file.inquiries.some((inquiry) => sentinelOf(inquiry) === 'silent'))
        throw new Error('The eligibility service did not answer in time.')
      const control = Number(part(13)) || 1
      return write271({
        setControl: 1,
        originator: '9KEEPWELLS',
        answers: await Promise.all(
          file.inquiries.map(async (inquiry) => {
            const day = inquiry.serviceOn === '' ? '2026-01-01' : inquiry.serviceOn
            return answerOf({ ...inquiry, serviceOn: day }, await takenOf(inquiry.subscriber.memberId, day.slice(0, 4)))
          }),
        ),
        envelope: {
          senderQualifier: part(7),
          sender: part(8),
          receiverQualifier: part(5),
          receiver: part(6),
          usage: part(15) === 'P' ? 'P' : 'T',
          createdOn: parseDate6(part(9)) ?? '2026-01-01',
          createdAt: `${part(10).slice(0, 2)}:${part(10).slice(2, 4)}`,
          interchangeControl: control,
          groupControl: control,
        },
      })
    },
  }
}

export const sentinels = {
  advantage: 'XX90',
  notFound: 'XX91',
  hospice: 'XX92',
  qmb: 'XX93',
  busy: 'XX94',
  secondary: 'XX95',
  ended: 'XX96',
  homeHealth: 'XX97',
  died: 'XX98',
  silent: 'XX99',
} as const
type Sentinel = keyof typeof sentinels

const names: Readonly<Record<string, Sentinel>> = {
  ADVANTAGE: 'advantage',
  NOTFOUND: 'notFound',
  HOSPICE: 'hospice',
  QMB: 'qmb',
  BUSY: 'busy',
  SECONDARY: 'secondary',
  ENDED: 'ended',
  HOMEHEALTH: 'homeHealth',
  DIED: 'died',
  SILENT: 'silent',
}

function sentinelOf({ subscriber }: EligibilityInquiry): Sentinel | null {
  const byName = names[subscriber.family.toUpperCase()]
  if (byName !== undefined) return byName
  const end = subscriber.memberId.slice(-4).toUpperCase()
  return (Object.keys(sentinels) as Sentinel[]).find((name) => sentinels[name] === end) ?? null
}

/** The yearly Part B deductible in cents, as CMS published it. */
const yearlyDeductibleCents: Readonly<Record<string, number>> = {
  '2024': 24_000,
  '2025': 25_700,
  '2026': 28_300,
}

const yearlyDeductibleOf = (year: string) => yearlyDeductibleCents[year] ?? 28_300

/**
 * What is left of a patient's Part B deductible on a day, in cents: the payer simulator takes it off as this one tells it.
 * On 1 January some quarters of it are open, by the number's digits; other practices' bills use up one quarter of it with
 * each quarter of the year, and the clinic's own claims what they took.
 */
export function deductibleLeftOf(memberId: string, day: string, takenCents = 0): number {
  const quartersGone = Math.floor((Number(day.slice(5, 7)) - 1) / 3)
  const quartersOpen = Math.max(0, (digitSum(memberId) % 5) - quartersGone)
  return Math.max(0, Math.round((yearlyDeductibleOf(day.slice(0, 4)) * quartersOpen) / 4) - takenCents)
}

function answerOf(asked: EligibilityInquiry, takenCents: number): EligibilityAnswer {
  const { serviceOn: day, ...inquiry } = asked
  const { family, given = '', memberId, bornOn } = inquiry.subscriber
  const subscriber = { family, given, memberId, ...(bornOn === undefined ? {} : { bornOn }) }
  const since = medicareSince(bornOn, day)
  const year = day.slice(0, 4)
  const yearCents = yearlyDeductibleOf(year)
  const usual: EligibilityAnswer = {
    inquiry: asked,
    subscriber,
    partA: { active: true, from: since, to: null },
    partB: { active: true, from: since, to: null },
    partBDeductible: { year, yearCents, leftCents: deductibleLeftOf(memberId, day, takenCents) },
    partBCoinsurance: '.2',
  }
  const monthBegan = `${day.slice(0, 7)}-01`
  switch (sentinelOf(asked)) {
    case 'advantage':
      return {
        ...usual,
        medicareAdvantage: [
          {
            code: 'HN',
            planId: 'H9999 001',
            payerName: 'RIVERVIEW ADVANTAGE',
            payerId: 'H9999',
            from: `${year}-01-01`,
            to: null,
          },
        ],
      }
    case 'notFound':
      return { inquiry: asked, subscriber, rejection: { level: 'patient', code: '75', followUp: 'C' } }
    case 'busy':
      return { inquiry: asked, rejection: { level: 'payer', code: '42', followUp: 'R' } }
    case 'hospice':
      return { ...usual, hospice: [{ from: monthBegan, to: null }] }
    case 'qmb':
      return { ...usual, qmb: [{ from: `${year}-01-01`, to: null }] }
    case 'secondary':
      return {
        ...usual,
        msp: [
          {
            code: '12',
            policy: 'GRP778',
            payerName: 'ACME EMPLOYEE HEALTH',
            payerId: '55555',
            from: `${year}-01-01`,
            to: null,
          },
        ],
      }
    case 'ended':
      return { ...usual, partB: { active: false, from: `${year}-01-01`, to: null } }
    case 'homeHealth':
      return { ...usual, homeHealth: [{ from: monthBegan, to: null }] }
    case 'died':
      return { ...usual, diedOn: lastDayOfYearBefore(day) }
    default:
      return usual
  }
}

/** Medicare begins with the month of the 65th birthday; whoever is younger has it by disability, for two years. */
function medicareSince(bornOn: string | undefined, day: string): string {
  const year = Number(day.slice(0, 4))
  if (bornOn === undefined) return `${year - 5}-01-01`
  const at65 = `${Number(bornOn.slice(0, 4)) + 65}${bornOn.slice(4, 7)}-01`
  return at65 <= day ? at65 : `${year - 2}-01-01`
}

function lastDayOfYearBefore(day: string): string {
  return `${Number(day.slice(0, 4)) - 1}-12-31`
}

function digitSum(memberId: string): number {
  return [...memberId].reduce((sum, character) => sum + (/\d/.test(character) ? Number(character) : 0), 0)
}
