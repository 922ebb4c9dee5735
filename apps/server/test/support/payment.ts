import { type RemittanceToWrite, write835 } from '@keepwell/x12'

/** From whom the payer's files come and to whom. */
export const payerEnvelope: RemittanceToWrite['envelope'] = {
  senderQualifier: 'ZZ',
  sender: '13202',
  receiverQualifier: 'ZZ',
  receiver: 'KEEPWELL1',
  createdOn: '2026-11-10',
  createdAt: '08:00',
  interchangeControl: 77,
  groupControl: 77,
  usage: 'T',
}

export interface Payment {
  trace: string
  claims: RemittanceToWrite['claims']
  plb?: NonNullable<RemittanceToWrite['plb']>
}

/**
 * An 835 made by hand, for what the simulator never does. It pays what its claims come to, less what the payer takes
 * besides; where that is less than nothing, a balance is carried forward, for no bank pays that.
 */
export function paymentFile({ trace, claims, plb = [] }: Payment): string {
  const left =
    claims.reduce((sum, { paidCents }) => sum + paidCents, 0) -
    plb.reduce((sum, { amountCents }) => sum + amountCents, 0)
  const carried = {
    providerId: '1972534865',
    fiscalYearEnd: '2026-12-31',
    code: 'FB',
    reference: trace,
    amountCents: left,
  }
  return write835({
    envelope: payerEnvelope,
    setControl: 1,
    paymentCents: Math.max(0, left),
    method: left > 0 ? 'CHK' : 'NON',
    paidOn: '2026-11-10',
    productionOn: '2026-11-10',
    trn02: trace,
    trn03: '1352469876',
    payer: {
      name: 'NGS MEDICARE PART B',
      id: '13202',
      address: { street: '1 MAIN', city: 'BALTIMORE', state: 'MD', zip: '212441850' },
      technicalContact: { name: 'HELP', phone: '8005550100' },
    },
    payee: { name: 'RIVERSIDE', npi: '1972534865', taxId: '123456789' },
    claims,
    plb: left < 0 ? [...plb, carried] : plb,
  })
}
