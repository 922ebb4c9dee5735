import type { Interchange, TransactionSet } from './envelope.ts'
import { kindOfSet } from './envelope.ts'
import { formatCents, sumDecimals } from './money.ts'
import { read270Sets } from './read/read-270.ts'
import { read271Sets } from './read/read-271.ts'
import { read277Sets } from './read/read-277.ts'
import { read835Sets } from './read/read-835.ts'
import type { Remittance } from './read/remittance.ts'
import { read837PSets } from './read/read-837p.ts'
import { read999Sets, readTA1Segments } from './read/read-acknowledgments.ts'
import type { SetPlace } from './read/reading.ts'
import { scan837P } from './read/scan-837p.ts'
import { component, element, type Segment } from './segments.ts'

export type Facts = Readonly<Record<string, unknown>>

/** The facts of one set as `keepwell x12 read` prints them. */
export function factsOfSet(place: SetPlace): Facts {
  const { interchange, group, set } = place
  const kind = kindOfSet(set)
  const common = {
    type: kind ?? set.type,
    control: set.control,
    segments: set.segments.length,
    version: set.version,
    interchange: interchange.control,
    group: group.control,
    truncated: set.truncated || group.truncated || interchange.truncated,
  }
  const file = {
    refused: null,
    interchanges: [{ ...interchange, groups: [{ ...group, sets: [set] }] }],
    envelopeErrors: [],
    findings: [],
  }
  switch (kind) {
    case '835': {
      const [remittance] = read835Sets(file).transactions
      return remittance ? { ...common, ...factsOf835(set, remittance) } : common
    }
    case '837P':
      return { ...common, ...factsOf837P(place, file) }
    case '999': {
      const [answer] = read999Sets(file).groups
      if (!answer) return common
      const { set: _set, interchange: _interchange, truncated: _truncated, ...rest } = answer
      return { ...common, ...rest }
    }
    case '277CA':
    case '277': {
      const [report] = read277Sets(file, kind).reports
      if (!report) return common
      const { set: _set, interchange: _interchange, truncated: _truncated, ...rest } = report
      return { ...common, ...amountsAsText(rest) }
    }
    case '271':
      return {
        ...common,
        answers: read271Sets(file).answers.map((answer) => {
          const { set: _set, interchange: _interchange, truncated: _truncated, ...rest } = answer
          return amountsAsText(rest)
        }),
      }
    case '270':
      return {
        ...common,
        inquiries: read270Sets(file).inquiries.map(({ set: _set, interchange: _interchange, ...rest }) => rest),
      }
    case '276':
      return { ...common, inquiries: factsOf276(set) }
    default:
      return common
  }
}

/** The TA1 segments of an interchange, each as a set of its own. */
export function factsOfTA1(interchange: Interchange): Facts[] {
  const { acknowledgments } = readTA1Segments({
    refused: null,
    interchanges: [interchange],
    envelopeErrors: [],
    findings: [],
  })
  return acknowledgments.map((one) => ({
    type: 'TA1',
    segments: 1,
    truncated: interchange.truncated,
    ...one,
  }))
}

/** A model with every `…Cents` number replaced by a decimal string without the suffix. */
function amountsAsText(value: object): Record<string, unknown> {
  const printed: Record<string, unknown> = {}
  for (const [key, one] of Object.entries(value)) {
    if (key.endsWith('Cents')) printed[key.slice(0, -5)] = typeof one === 'number' ? formatCents(one) : null
    else if (Array.isArray(one)) printed[key] = one.map((part) => (isObject(part) ? amountsAsText(part) : part))
    else printed[key] = isObject(one) ? amountsAsText(one) : one
  }
  return printed
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** The amounts of one claim or line of an 835 exactly as they stand in the file. */
interface RawAmounts {
  readonly head: Segment
  readonly adjustments: { group: string; code: string; amount: string; quantity: string | null }[]
  allowed: string | null
  readonly lines: RawAmounts[]
}

function rawAmounts(head: Segment): RawAmounts {
  return { head, adjustments: [], allowed: null, lines: [] }
}

function rawClaims(set: TransactionSet): { claims: RawAmounts[]; plb: Segment[]; payment: Segment | null } {
  const claims: RawAmounts[] = []
  const plb: Segment[] = []
  let payment: Segment | null = null
  let claim: RawAmounts | null = null
  let current: RawAmounts | null = null
  for (const segment of set.segments) {
    switch (segment.id) {
      case 'BPR':
        payment = segment
        break
      case 'LX':
      case 'PLB':
        claim = null
        current = null
        if (segment.id === 'PLB') plb.push(segment)
        break
      case 'CLP':
        claim = rawAmounts(segment)
        current = claim
        claims.push(claim)
        break
      case 'SVC':
        if (!claim) break
        current = rawAmounts(segment)
        claim.lines.push(current)
        break
      case 'CAS':
        for (let position = 2; position <= 17; position += 3) {
          const code = element(segment, position)
          const amount = element(segment, position + 1)
          if (code === '' && amount === '') continue
          const quantity = element(segment, position + 2)
          current?.adjustments.push({
            group: element(segment, 1),
            code,
            amount,
            quantity: quantity === '' ? null : quantity,
          })
        }
        break
      case 'AMT':
        if (current && current !== claim && element(segment, 1) === 'B6') current.allowed = element(segment, 2)
        break
    }
  }
  return { claims, plb, payment }
}

function textOrNull(text: string): string | null {
  return text === '' ? null : text
}

function factsOf835(set: TransactionSet, remittance: Remittance): Facts {
  const raw = rawClaims(set)
  const plb = raw.plb.flatMap((segment) => {
    const adjustments: Facts[] = []
    for (let position = 3; position <= 13; position += 2) {
      if (element(segment, position) === '' && element(segment, position + 1) === '') continue
      adjustments.push({
        providerId: element(segment, 1),
        fiscalYearEnd: element(segment, 2),
        code: component(segment, position, 1),
        reference: textOrNull(component(segment, position, 2)),
        amount: element(segment, position + 1),
      })
    }
    return adjustments
  })
  return {
    handling: remittance.handling,
    bpr02: raw.payment ? element(raw.payment, 2) : null,
    paymentMethod: remittance.paymentMethod,
    paidOn: remittance.paidOn,
    trn02: remittance.trn02,
    trn03: remittance.trn03,
    payerName: remittance.payerName,
    payerId: remittance.payerId,
    payeeName: remittance.payeeName,
    payeeNpi: remittance.payeeNpi,
    sumClp04: sumDecimals(raw.claims.map((claim) => element(claim.head, 4))),
    sumPlb: sumDecimals(plb.map((one) => String(one.amount))),
    plb,
    transactionBalances: remittance.balance.ok,
    transactionDifference: formatCents(remittance.balance.differenceCents),
    postable: remittance.postable,
    holdReasons: remittance.holdReasons,
    claims: remittance.claims.map((claim, index) => {
      const amounts = raw.claims[index]
      return {
        id: claim.claimControl,
        status: claim.status,
        charge: amounts ? element(amounts.head, 3) : null,
        paid: amounts ? element(amounts.head, 4) : null,
        patientResponsibility: amounts ? textOrNull(element(amounts.head, 5)) : null,
        payerClaimNumber: claim.payerClaimNumber,
        filingCode: claim.filingCode,
        patient: claim.patient,
        renderingNpi: claim.renderingNpi,
        crossover: claim.crossover,
        earlierPayerClaimNumber: claim.earlierPayerClaimNumber,
        interest: claim.interestCents === null ? null : formatCents(claim.interestCents),
        adjustments: amounts?.adjustments ?? [],
        remarks: claim.remarks,
        lines: claim.lines.map((line, at) => {
          const lineAmounts = amounts?.lines[at]
          return {
            code: line.code,
            modifiers: line.modifiers,
            originalCode: line.originalCode,
            charge: lineAmounts ? element(lineAmounts.head, 2) : null,
            paid: lineAmounts ? textOrNull(element(lineAmounts.head, 3)) : null,
            unitsPaid: line.unitsPaid,
            unitsBilled: line.unitsBilled,
            serviceOn: line.serviceOn,
            lineControl: line.lineControl,
            allowed: lineAmounts?.allowed ?? null,
            adjustments: lineAmounts?.adjustments ?? [],
            remarks: line.remarks,
            balances: line.balance.ok,
            difference: formatCents(line.balance.differenceCents),
          }
        }),
        claimBalances: claim.balances.claim.ok,
        claimDifference: formatCents(claim.balances.claim.differenceCents),
        linesBalance: claim.balances.lines.ok,
        linesDifference: formatCents(claim.balances.lines.differenceCents),
      }
    }),
  }
}

function factsOf837P({ set }: SetPlace, file: Parameters<typeof read837PSets>[0]): Facts {
  const [batch] = read837PSets(file).batches
  if (!batch) return {}
  const scanned = scan837P(set).claims
  const charges = new Map(scanned.map((claim) => [claim.claim, element(claim.claim.segment, 2)]))
  const claims = batch.billing.flatMap((billing) =>
    billing.claims.map((claim) => ({ billingNpi: billing.provider.npi, claim })),
  )
  return {
    batchId: batch.batchId,
    submitter: batch.submitter.name,
    submitterId: batch.submitter.id,
    receiver: batch.receiver.name,
    receiverId: batch.receiver.id,
    totals: {
      claims: batch.totals.claims,
      lines: batch.totals.lines,
      charge: sumDecimals([...charges.values()]),
    },
    claims: claims.map(({ billingNpi, claim }) => ({
      id: claim.claimControl,
      charge: formatCents(claim.chargeCents),
      linesCharge: formatCents(claim.linesChargeCents),
      linesBalance: claim.chargeCents === claim.linesChargeCents,
      billingNpi,
      renderingNpi: claim.rendering?.npi ?? null,
      payerSequence: claim.payerSequence,
      filingCode: claim.filingCode,
      mspType: claim.mspType ?? null,
      payerName: claim.payer.name,
      payerId: claim.payer.id,
      patient: {
        family: (claim.dependent ?? claim.subscriber).family,
        given: (claim.dependent ?? claim.subscriber).given,
        memberId: claim.subscriber.memberId,
        bornOn: (claim.dependent ?? claim.subscriber).bornOn ?? null,
      },
      placeOfService: claim.placeOfService,
      frequency: claim.frequency,
      originalPayerClaimNumber: claim.originalPayerClaimNumber ?? null,
      diagnoses: claim.diagnoses,
      otherPayers: (claim.otherPayers ?? []).map((other) => amountsAsText(other)),
      lines: claim.lines.map((line) => amountsAsText(line)),
    })),
  }
}

/** What a claim status question asks, one entry a claim. */
function factsOf276(set: TransactionSet): Facts[] {
  const inquiries: {
    trace: string
    family: string
    given: string
    memberId: string | null
    patientAccount: string | null
    charge: string | null
    service: string | null
  }[] = []
  let person = { family: '', given: '', memberId: null as string | null }
  let level = ''
  for (const segment of set.segments) {
    const current = inquiries[inquiries.length - 1]
    switch (segment.id) {
      case 'HL':
        level = element(segment, 3)
        break
      case 'NM1':
        if (level === '22' || level === '23') {
          person = {
            family: element(segment, 3),
            given: element(segment, 4),
            // A dependent is asked for under the subscriber's id.
            memberId: textOrNull(element(segment, 9)) ?? (level === '23' ? person.memberId : null),
          }
        }
        break
      case 'TRN':
        if (level === '22' || level === '23') {
          inquiries.push({
            trace: element(segment, 2),
            ...person,
            patientAccount: null,
            charge: null,
            service: null,
          })
        }
        break
      case 'REF':
        if (current && element(segment, 1) === 'EJ') current.patientAccount = element(segment, 2)
        break
      case 'AMT':
        if (current && element(segment, 1) === 'T3') current.charge = element(segment, 2)
        break
      case 'DTP':
        if (current && element(segment, 1) === '472') current.service = element(segment, 3)
        break
    }
  }
  return inquiries
}
