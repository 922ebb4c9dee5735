import { localDateOf } from '@keepwell/rules'
import {
  type ClaimStatusAnswerToWrite,
  type ReadClaimStatusInquiry,
  read277CA,
  read835,
  read837P,
  readInterchanges,
  write277,
} from '@keepwell/x12'
import { conductOf } from './payer-decisions.ts'
import type { Answer, SimulatorMailbox } from './payer-simulator.ts'

/** Answers a 276 from what the payer itself received and has told by then: one 277 with one set a question. */
export async function statusAnswers(
  text: string,
  inquiries: readonly ReadClaimStatusInquiry[],
  at: Date,
  mailbox: SimulatorMailbox,
  timeZone: string,
): Promise<Answer> {
  const known = await mailbox.about(
    inquiries.map((inquiry) => controlOf(inquiry)),
    at,
  )
  const on = localDateOf(at.getTime(), timeZone)
  const taken = new Set(
    known.received.flatMap((file) =>
      read837P(file).batches.flatMap(({ billing }) =>
        billing.flatMap(({ claims }) =>
          claims.filter((claim) => conductOf(claim) !== 'lost').map(({ claimControl }) => claimControl),
        ),
      ),
    ),
  )
  const fronts = new Map(
    known.answered.flatMap((file) =>
      read277CA(file).reports.flatMap(({ claims }) => claims.map((claim) => [claim.claimControl, claim] as const)),
    ),
  )
  const decisions = new Map(
    known.answered.flatMap((file) =>
      read835(file).transactions.flatMap((payment) =>
        payment.claims.map((claim) => [claim.claimControl, { claim, payment }] as const),
      ),
    ),
  )
  const [{ interchange = '' } = {}] = inquiries
  const header = headerOf(text)
  const control = ((Number(interchange) * 8) % 999_999_999) + 1
  return {
    name: `277-${interchange}.x12`,
    availableAt: at,
    content: write277({
      envelope: {
        ...header,
        createdOn: on,
        createdAt: at.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }),
        interchangeControl: control,
        groupControl: control,
      },
      setControl: 1,
      responseId: `S${interchange}`,
      answers: inquiries.map((inquiry) => {
        const number = controlOf(inquiry)
        const front = fronts.get(number)
        const decided = decisions.get(number)
        const status = (
          category: string,
          code: string,
          more: Partial<ClaimStatusAnswerToWrite> = {},
        ): ClaimStatusAnswerToWrite => ({
          codes: [{ category, status: code, entity: 'PR' }],
          effectiveOn: on,
          chargeCents: inquiry.chargeCents ?? 0,
          paidCents: 0,
          ...more,
        })
        const payerClaimNumber = decided?.claim.payerClaimNumber ?? front?.payerClaimNumber
        return {
          inquiry,
          ...(payerClaimNumber == null ? {} : { payerClaimNumber }),
          statuses: [
            decided !== undefined
              ? status(decided.claim.paidCents > 0 ? 'F1' : 'F2', decided.claim.paidCents > 0 ? '65' : '1', {
                  paidCents: decided.claim.paidCents,
                  ...(decided.payment.paidOn === null
                    ? {}
                    : { decidedOn: decided.payment.paidOn, paidOn: decided.payment.paidOn }),
                  checkNumber: decided.payment.trn02,
                })
              : front?.answer === 'rejected'
                ? status('A7', front.reasons[0]?.status ?? '21')
                : taken.has(number)
                  ? status('P2', '46')
                  : status('A4', '35'),
          ],
        }
      }),
    }),
  }
}

const controlOf = ({ patientAccount, trace }: ReadClaimStatusInquiry) => patientAccount ?? trace

/** The question's own envelope turned round. */
function headerOf(text: string) {
  const [asked] = readInterchanges(text).interchanges
  return {
    senderQualifier: asked?.receiverQualifier ?? 'ZZ',
    sender: asked?.receiver ?? '',
    receiverQualifier: asked?.senderQualifier ?? 'ZZ',
    receiver: asked?.sender ?? '',
    usage: asked?.usage === 'P' ? ('P' as const) : ('T' as const),
  }
}
