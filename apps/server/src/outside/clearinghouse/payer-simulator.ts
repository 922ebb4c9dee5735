import { localDateOf } from '@keepwell/rules'
import {
  type AcknowledgmentToWrite,
  check837P,
  type EnvelopeHeader,
  type Finding,
  type ReadClaim,
  type ReadClaimBatch,
  type RemittanceClaimToWrite,
  type RemittanceToWrite,
  read276,
  read837P,
  readInterchanges,
  type StatusToWrite,
  setsOf,
  write277CA,
  write835,
  write999,
  writeTA1,
} from '@keepwell/x12'
import type { Clock } from '../../kernel/clock.ts'
import type { ClaimDrop } from './claim-drop.ts'
import { adjudicate, conductOf, deductibleTaken, rejectionOf, reversalOf, type Terms } from './payer-decisions.ts'
import { statusAnswers } from './status-desk.ts'

/** Where the simulator keeps its post; it has to survive the process. */
export interface SimulatorMailbox {
  received(name: string): Promise<string | null>
  /**
   * Keeps a received file with the answers to it and what they take from deductibles, all of it or nothing. A name that is
   * there already changes nothing.
   */
  keep(
    received: { name: string; content: string },
    answers: readonly { name: string; content: string; availableAt: Date }[],
    now: Date,
    taken: readonly DeductibleTaken[],
  ): Promise<void>
  /** Texts of the files received last, the newest first. */
  latest(limit: number): Promise<string[]>
  /** The files in which one of these claim numbers stands: what was received, and what was answered by now, the oldest first. */
  about(controls: readonly string[], now: Date): Promise<{ received: string[]; answered: string[] }>
  waiting(now: Date): Promise<{ name: string; content: string }[]>
  taken(name: string, now: Date): Promise<void>
}

/** What a decision took of a patient's deductible of a year; below zero where it was given back. */
export interface DeductibleTaken {
  memberId: string
  year: string
  takenCents: number
  /** From when the eligibility simulator knows it. */
  from: Date
}

export interface PayerSimulatorOptions {
  mailbox: SimulatorMailbox
  clock: Clock
  /** Seconds from the receipt of a batch to its answers; a few minutes when left out. */
  delays?: Partial<Delays>
  /** How a practitioner is paid, by the NPIs of the claim. */
  termsOf(npis: { billing: string; rendering: string }): Promise<Terms>
  /** What is left of the deductibles of these patients on their days, in cents, by `memberId year`; nothing when left out. */
  deductiblesLeft?(asked: readonly { memberId: string; serviceOn: string }[]): Promise<ReadonlyMap<string, number>>
  /** The payer's zone, for its dates. */
  timeZone?: string
}

export interface Delays {
  /** 999 */
  acknowledged: number
  /** 277CA */
  reported: number
  /** 835 */
  paid: number
  /** The next 835: corrections, what is taken back, the whole copy of a file that broke off. */
  corrected: number
  /** The 835 of what is kept pending. */
  late: number
  /** 277, the answer to a question about claims. */
  told: number
}

const usualDelays: Delays = {
  acknowledged: 0,
  reported: 60,
  paid: 300,
  corrected: 900,
  late: 75 * 86_400,
  told: 60,
}
const earlierFilesRead = 24
export const payerZone = 'America/New_York'

/**
 * A payer in a box. It reads each 837P with the same reader that everything else uses and answers like a Medicare
 * contractor, by the same fee schedule, except where a sentinel asks for trouble. All its answers are written in one
 * transaction with the receipt, so that a file put twice, or a kill in between, never makes two answers.
 */
export function payerSimulator(options: PayerSimulatorOptions): ClaimDrop {
  const { mailbox, clock } = options
  return {
    name: 'Payer simulator',
    pauseSeconds: 0,
    async put(name, content) {
      const there = await mailbox.received(name)
      if (there !== null && there !== content)
        throw new Error(`A different file named ${name} lies in the mailbox already.`)
      if (there !== null) return { alreadyThere: true }
      const now = clock.now()
      const { answers, taken } = await answersTo(content, now, options)
      await mailbox.keep({ name, content }, answers, now, taken)
      return { alreadyThere: false }
    },
    async find(name, content) {
      const there = await mailbox.received(name)
      if (there !== null && there !== content)
        throw new Error(`A different file named ${name} lies in the mailbox already.`)
      return there === null ? 'not_there' : 'there'
    },
    collect: () => mailbox.waiting(clock.now()),
    taken: (name) => mailbox.taken(name, clock.now()),
  }
}

export interface Answer {
  name: string
  content: string
  availableAt: Date
}

/** Everything the payer will ever say to a batch, each answer with the instant from which it lies in the mailbox. */
async function answersTo(
  text: string,
  now: Date,
  options: PayerSimulatorOptions,
): Promise<{ answers: Answer[]; taken: readonly DeductibleTaken[] }> {
  const { inquiries } = read276(text)
  if (inquiries.length > 0) {
    const at = new Date(now.getTime() + (options.delays?.told ?? usualDelays.told) * 1000)
    const answers = await statusAnswers(text, inquiries, at, options.mailbox, options.timeZone ?? payerZone)
    return { answers: [answers], taken: [] }
  }
  const [batch] = read837P(text).batches
  if (batch === undefined) throw new Error('The payer simulator takes 837P and 276 files only.')
  const desk = new Desk(batch, now, options)
  const errors = check837P(text).filter(({ level, severity }) => level <= 2 && severity === 'error')
  const refused =
    batch.batchId.includes('REJ') ||
    desk.claims.some(({ subscriber }) => subscriber.family.toUpperCase() === 'REJECTBATCH')
  if (desk.claims.some(({ subscriber }) => subscriber.family.toUpperCase() === 'REJECTFILE'))
    return { answers: [desk.interchangeAnswer()], taken: [] }
  if (errors.length > 0 || refused) return { answers: [desk.syntaxAnswer(text, errors, true)], taken: [] }
  const payments = await desk.payments(await seenBefore(options.mailbox))
  return {
    answers: [desk.syntaxAnswer(text, [], false), desk.statusReport(), ...payments],
    taken: desk.taken,
  }
}

/** What was billed before, one key a service: Medicare number, code, month. */
async function seenBefore(mailbox: SimulatorMailbox): Promise<Set<string>> {
  const texts = await mailbox.latest(earlierFilesRead)
  return new Set(
    texts.flatMap((text) =>
      read837P(text).batches.flatMap((batch) =>
        claimsOf(batch)
          .filter((claim) => isDecided(claim) && conductOf(claim) !== 'unprocessable')
          .flatMap(servicesOf),
      ),
    ),
  )
}

/** Neither refused at the front door nor lost behind it. */
const isDecided = (claim: ReadClaim) => rejectionOf(conductOf(claim)) === null && conductOf(claim) !== 'lost'
const claimsOf = (batch: ReadClaimBatch) => batch.billing.flatMap(({ claims }) => claims)
const deductibleKey = (claim: ReadClaim) =>
  `${claim.subscriber.memberId} ${claim.lines[0]?.serviceOn.slice(0, 4) ?? ''}`
const servicesOf = (claim: ReadClaim) =>
  claim.lines.map((line) => `${claim.subscriber.memberId} ${line.code} ${line.serviceOn.slice(0, 7)}`)

class Desk {
  readonly claims: readonly ReadClaim[]
  /** What its payments take from deductibles. */
  readonly taken: DeductibleTaken[] = []
  readonly #batch: ReadClaimBatch
  readonly #now: Date
  readonly #options: PayerSimulatorOptions
  readonly #delays: Delays
  readonly #terms = new Map<string, Terms>()

  constructor(batch: ReadClaimBatch, now: Date, options: PayerSimulatorOptions) {
    this.claims = claimsOf(batch)
    this.#batch = batch
    this.#now = now
    this.#options = options
    this.#delays = { ...usualDelays, ...options.delays }
  }

  /** TA1: the file as a whole is not taken. */
  interchangeAnswer(): Answer {
    const { at, envelope } = this.#at('acknowledged', 0)
    return {
      name: `TA1-${this.#batch.interchange}.x12`,
      content: writeTA1({
        envelope,
        control: this.#batch.interchange,
        sentOn: this.#batch.envelope.createdOn,
        sentAt: this.#batch.envelope.createdAt,
        code: 'R',
        note: '006',
      }),
      availableAt: at,
    }
  }

  syntaxAnswer(text: string, errors: readonly Finding[], refused: boolean): Answer {
    const { at, envelope } = this.#at('acknowledged', 0)
    const segments = setsOf(readInterchanges(text), '837P')[0]?.set.segments ?? []
    const places = errors.map((error) => ({
      segmentId: segments[(error.segment ?? 1) - 1]?.id ?? 'ST',
      position: error.segment ?? 1,
      ...(error.loop === null ? {} : { loop: error.loop.slice(0, 4) }),
      code: '8',
    }))
    const first = this.claims[0]
    const acknowledgment: AcknowledgmentToWrite = {
      envelope,
      setControl: 1,
      functionalCode: 'HC',
      groupControl: String(this.#batch.envelope.groupControl),
      version: '005010X222A1',
      sets: [
        {
          type: '837',
          control: this.#batch.set,
          version: '005010X222A1',
          code: refused ? 'R' : 'A',
          ...(refused
            ? {
                reasons: ['5'],
                errors:
                  places.length > 0
                    ? places.slice(0, 10)
                    : [
                        {
                          segmentId: 'NM1',
                          position: Math.max(
                            1,
                            segments.findIndex(({ id, elements }) => id === 'NM1' && elements[1] === '85') + 1,
                          ),
                          loop: '2010',
                          code: '8',
                          ...(first === undefined ? {} : { claimControl: first.claimControl }),
                          elements: [
                            {
                              position: 9,
                              dataElement: '67',
                              code: '7',
                              value: this.#batch.billing[0]?.provider.npi ?? '',
                            },
                          ],
                        },
                      ],
              }
            : {}),
        },
      ],
    }
    return { name: `999-${this.#batch.interchange}.x12`, content: write999(acknowledgment), availableAt: at }
  }

  statusReport(): Answer {
    const { at, on, envelope } = this.#at('reported', 1)
    const status = (code: StatusToWrite['codes'][number], action: 'WQ' | 'U', chargeCents: number): StatusToWrite => ({
      codes: [code],
      effectiveOn: on,
      action,
      chargeCents,
    })
    const content = write277CA({
      envelope,
      setControl: 1,
      reportId: `R${this.#batch.interchange}`,
      payer: { name: this.#payer.name, id: this.#payer.id },
      submitter: { name: this.#batch.submitter.name, id: this.#batch.submitter.id },
      batchId: this.#batch.batchId,
      receivedOn: on,
      processedOn: on,
      batchStatus: status({ category: 'A1', status: '19', entity: 'PR' }, 'WQ', this.#batch.totals.chargeCents),
      providers: this.#batch.billing.map(({ provider, claims }) => ({
        name: provider.organization ?? '',
        npi: provider.npi,
        claims: claims
          .filter((claim) => conductOf(claim) !== 'lost')
          .map((claim) => {
            const rejection = rejectionOf(conductOf(claim))
            const first = claim.lines[0]
            return {
              claimControl: claim.claimControl,
              chargeCents: claim.chargeCents,
              serviceFrom: first?.serviceOn ?? on,
              patient: {
                family: claim.subscriber.family,
                given: claim.subscriber.given,
                memberId: claim.subscriber.memberId,
              },
              statuses: [
                rejection === null
                  ? status({ category: 'A2', status: '20', entity: 'PR' }, 'WQ', claim.chargeCents)
                  : status(rejection, 'U', claim.chargeCents),
              ],
              ...(rejection === null ? { payerClaimNumber: this.#numberOf(claim) } : {}),
            }
          }),
      })),
    })
    return { name: `277CA-${this.#batch.interchange}.x12`, content, availableAt: at }
  }

  /** The payment of what was accepted, and the next one where something is taken back, corrected or recouped. */
  async payments(seen: Set<string>): Promise<Answer[]> {
    const decided: RemittanceClaimToWrite[] = []
    const later: RemittanceClaimToWrite[] = []
    const pending: RemittanceClaimToWrite[] = []
    const recouped: { reference: string; amountCents: number }[] = []
    const left = await this.#deductiblesLeft()
    for (const { provider, claims } of this.#batch.billing) {
      for (const claim of claims) {
        const conduct = conductOf(claim)
        if (!isDecided(claim)) continue
        const services = servicesOf(claim)
        // What replaces a claim is no second one.
        const twice = claim.frequency === '1' && services.some((service) => seen.has(service))
        for (const service of services) seen.add(service)
        const how = {
          conduct: twice ? ('duplicate' as const) : conduct,
          terms: await this.#termsOf(provider.npi, claim.rendering?.npi ?? provider.npi),
          payerClaimNumber: this.#numberOf(claim),
          deductibleLeftCents: left.get(deductibleKey(claim)) ?? 0,
        }
        const percent =
          how.conduct === 'underpays' || how.conduct === 'corrects_later' ? 80 : how.conduct === 'overpays' ? 110 : 100
        const first = adjudicate(claim, { ...how, percent })
        const right = adjudicate(claim, { ...how, payerClaimNumber: `${how.payerClaimNumber}9` })
        const list = how.conduct === 'pending' ? pending : decided
        list.push(first)
        const takes = (takenCents: number, when: keyof Delays) => {
          if (takenCents === 0) return
          const key = deductibleKey(claim)
          left.set(key, (left.get(key) ?? 0) - takenCents)
          const [memberId = '', year = ''] = key.split(' ')
          this.taken.push({ memberId, year, takenCents, from: this.#at(when, 0).at })
        }
        takes(deductibleTaken(first), how.conduct === 'pending' ? 'late' : 'acknowledged')
        if (how.conduct === 'takes_back') takes(-deductibleTaken(first), 'corrected')
        if (how.conduct === 'corrects_later') takes(deductibleTaken(right) - deductibleTaken(first), 'corrected')
        if (how.conduct === 'corrects_later')
          later.push(reversalOf(first), { ...right, earlierPayerClaimNumber: first.payerClaimNumber })
        if (how.conduct === 'takes_back') later.push(reversalOf(first))
        if (how.conduct === 'overpays')
          recouped.push({ reference: first.payerClaimNumber, amountCents: first.paidCents - right.paidCents })
      }
    }
    const late = pending.length === 0 ? [] : [this.#remittance('late', 4, 'C', pending, [])]
    if (decided.length === 0) return late
    const broken = this.claims.some(({ subscriber }) => subscriber.family.toUpperCase() === 'TRUNCATED')
    const whole = this.#remittance('paid', 2, 'A', decided, [])
    const answers = broken
      ? [
          { ...whole, content: whole.content.slice(0, Math.floor(whole.content.length * 0.6)) },
          { ...whole, name: whole.name.replace('.x12', '-again.x12'), availableAt: this.#at('corrected', 2).at },
        ]
      : [whole]
    return later.length === 0 && recouped.length === 0
      ? [...answers, ...late]
      : [...answers, this.#remittance('corrected', 3, 'B', later, recouped), ...late]
  }

  /** What is left of the deductible of each patient and year. */
  async #deductiblesLeft(): Promise<Map<string, number>> {
    const asked = this.claims.map(({ subscriber, lines }) => ({
      memberId: subscriber.memberId,
      serviceOn: lines[0]?.serviceOn ?? '',
    }))
    return new Map(await this.#options.deductiblesLeft?.(asked))
  }

  async #termsOf(billing: string, rendering: string): Promise<Terms> {
    const key = `${billing} ${rendering}`
    const known = this.#terms.get(key) ?? (await this.#options.termsOf({ billing, rendering }))
    this.#terms.set(key, known)
    return known
  }

  #remittance(
    when: 'paid' | 'corrected' | 'late',
    step: number,
    letter: string,
    claims: RemittanceClaimToWrite[],
    recouped: readonly { reference: string; amountCents: number }[],
  ): Answer {
    const { at, on, envelope } = this.#at(when, step)
    const { provider } = this.#batch.billing[0] ?? { provider: undefined }
    const plb = recouped.map((one) => ({
      providerId: provider?.npi ?? '',
      fiscalYearEnd: `${on.slice(0, 4)}-12-31`,
      code: 'WO',
      ...one,
    }))
    const net =
      claims.reduce((sum, claim) => sum + claim.paidCents, 0) - plb.reduce((sum, one) => sum + one.amountCents, 0)
    // Nobody is paid less than nothing: the debt is carried on to a later payment.
    const balance =
      net < 0
        ? [
            {
              providerId: provider?.npi ?? '',
              fiscalYearEnd: `${on.slice(0, 4)}-12-31`,
              code: 'FB',
              reference: `FWD${this.#batch.interchange}`,
              amountCents: net,
            },
          ]
        : []
    const remittance: RemittanceToWrite = {
      envelope,
      setControl: 1,
      paymentCents: Math.max(0, net),
      method: net > 0 ? 'ACH' : 'NON',
      paidOn: on,
      productionOn: on,
      trn02: `EFT${this.#batch.interchange}${letter}`,
      trn03: '1352469876',
      ...(net > 0
        ? {
            bank: {
              payerRouting: '021000089',
              payerAccount: '7700001',
              payeeRouting: '026009593',
              payeeAccount: '5500002',
            },
          }
        : {}),
      payer: {
        name: this.#payer.name,
        id: this.#payer.id,
        address: { street: '1 SIMULATOR WAY', city: 'BALTIMORE', state: 'MD', zip: '212441850' },
        technicalContact: { name: 'EDI HELP DESK', phone: '8005550100' },
      },
      payee: { name: provider?.organization ?? '', npi: provider?.npi ?? '', taxId: provider?.taxId ?? '' },
      claims,
      plb: [...plb, ...balance],
    }
    return {
      name: `835-${this.#batch.interchange}${letter === 'A' ? '' : `-${letter}`}.x12`,
      content: write835(remittance),
      availableAt: at,
    }
  }

  get #payer(): { name: string; id: string } {
    return this.claims[0]?.payer ?? this.#batch.receiver
  }

  /** The payer's number of a claim: the same for the same claim of the same batch. */
  #numberOf(claim: ReadClaim): string {
    return `22${this.#batch.interchange.slice(-7)}${String(this.claims.indexOf(claim) + 1).padStart(4, '0')}`
  }

  /** When an answer is there, and the envelope that carries it: the clinic's own envelope turned round. */
  #at(when: keyof Delays, step: number): { at: Date; on: string; envelope: EnvelopeHeader } {
    const at = new Date(this.#now.getTime() + this.#delays[when] * 1000)
    const timeZone = this.#options.timeZone ?? payerZone
    const on = localDateOf(at.getTime(), timeZone)
    const { envelope } = this.#batch
    const control = ((envelope.interchangeControl * 8 + step) % 999_999_999) + 1
    return {
      at,
      on,
      envelope: {
        senderQualifier: envelope.receiverQualifier,
        sender: envelope.receiver,
        receiverQualifier: envelope.senderQualifier,
        receiver: envelope.sender,
        createdOn: on,
        createdAt: at.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }),
        interchangeControl: control,
        groupControl: control,
        usage: envelope.usage,
      },
    }
  }
}
