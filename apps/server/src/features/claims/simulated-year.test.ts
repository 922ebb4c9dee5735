import { readFileSync } from 'node:fs'
import { read277CA, read835, readTA1 } from '@keepwell/x12'
import { describe, expect, test } from 'vitest'
import { byEnding, byFamily, bySupplementEnding } from '../../outside/clearinghouse/payer-decisions.ts'
import { type DeductibleTaken, payerSimulator } from '../../outside/clearinghouse/payer-simulator.ts'
import { deductibleLeftOf } from '../../outside/eligibility/eligibility-simulator.ts'
import { type ClaimToWrite, writeBatch } from './claim-file.ts'

const clinic = {
  name: 'Riverside Family Medicine',
  npi: '1972534865',
  taxId: '12-3456789',
  taxonomy: null,
  address: { lines: ['1 Main St'], city: 'New York', state: 'NY', zip: '100011234' },
  placeOfService: '11',
}
const parties = {
  submitterId: 'KEEPWELL1',
  submitterContact: 'Lena Weiss',
  submitterPhone: '2125550100',
  receiverId: '13202',
  receiverName: 'NGS MEDICARE',
  payerId: '13202',
  payerName: 'NGS MEDICARE PART B',
  usage: 'T' as const,
  filingCode: 'MB',
}

/** The payer with its book of deductibles in memory. */
function payer() {
  const received = new Map<string, string>()
  const answers: { name: string; content: string; availableAt: Date }[] = []
  const book: DeductibleTaken[] = []
  let now = new Date('2026-02-04T20:00:00Z')
  const taken = (memberId: string, year: string) =>
    book
      .filter((one) => one.memberId === memberId && one.year === year && one.from <= now)
      .reduce((sum, { takenCents }) => sum + takenCents, 0)
  const drop = payerSimulator({
    clock: { now: () => now },
    termsOf: async () => ({ locality: '13202-01', qualifyingApm: false, practitionerKind: 'physician' }),
    deductiblesLeft: async (asked) =>
      new Map(
        asked.map(({ memberId, serviceOn }) => {
          const year = serviceOn.slice(0, 4)
          return [`${memberId} ${year}`, deductibleLeftOf(memberId, serviceOn, taken(memberId, year))]
        }),
      ),
    mailbox: {
      received: async (name) => received.get(name) ?? null,
      keep: async (file, files, _now, takes) => {
        received.set(file.name, file.content)
        answers.push(...files)
        book.push(...takes)
      },
      about: async () => ({ received: [], answered: [] }),
      latest: async () => [...received.values()].toReversed(),
      waiting: async () => [],
      taken: async () => undefined,
    },
  })
  return {
    drop,
    taken,
    go: (at: string) => {
      now = new Date(at)
    },
    /** What came since the last look, by the start of its name. */
    take: (start: string) =>
      answers
        .splice(0)
        .filter(({ name }) => name.startsWith(start))
        .map(({ content }) => content),
  }
}

let controls = 0
const claim = (memberId: string, serviceOn: string, family = 'Diaz'): ClaimToWrite => ({
  id: `${memberId} ${serviceOn}`,
  controlNumber: `KW${String(++controls).padStart(7, '0')}`,
  subscriber: {
    family,
    given: 'Elena',
    bornOn: '1952-03-05',
    sex: 'female',
    mbi: memberId,
    address: { lines: ['2 Main St'], city: 'New York', state: 'NY', zip: '10001' },
  },
  practitioner: { name: 'Dr Ada Okafor', npi: '1234567893' },
  diagnoses: ['E119', 'I10'],
  frequency: '1',
  originalPayerNumber: null,
  authorization: null,
  payerSequence: 'P',
  payer: null,
  otherPayer: null,
  lines: [{ code: '99490', units: 1, chargeCents: 11_186, serviceOn, pointers: [1, 2], lineControl: `L${controls}` }],
})
const send = (one: ReturnType<typeof payer>, claims: ClaimToWrite[], number: number, createdOn: string) =>
  one.drop.put(
    `batch-${number}`,
    writeBatch(clinic, parties, claims, {
      number: `B${String(number).padStart(6, '0')}`,
      interchange: number,
      group: number,
      set: number,
      createdOn,
      createdAt: '15:00',
    }),
  )

const monthEnds = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].map(
  (day, index) => `2026-${String(index + 1).padStart(2, '0')}-${day}`,
)

describe('a simulated year', () => {
  test('is known to the cent: each patient pays down what others left of the deductible, and nothing of it twice', async () => {
    const one = payer()
    // By the sum of their digits 0 to 4 quarters of the deductible are open on 1 January.
    const patients = ['1S00A00AA13', '1S00A00AA14', '1S00A00AA10', '1S00A00AA11', '1S00A00AA12']
    const quarters = patients.map((memberId) => Math.round(deductibleLeftOf(memberId, '2026-01-01') / 7075))
    expect(quarters).toEqual([0, 1, 2, 3, 4])
    const paid = new Map<string, number[]>()
    for (const [index, serviceOn] of monthEnds.entries()) {
      one.go(`${serviceOn}T23:00:00Z`)
      await send(
        one,
        patients.map((memberId) => claim(memberId, serviceOn)),
        index + 1,
        serviceOn,
      )
      const [remittance] = one.take('835').flatMap((text) => read835(text).transactions)
      expect(remittance?.postable).toBe(true)
      for (const decided of remittance?.claims ?? []) {
        const memberId = decided.patient.memberId ?? ''
        paid.set(memberId, [...(paid.get(memberId) ?? []), decided.paidCents])
      }
    }
    // Allowed 74.57. Without deductible 59.66 less 2 % is 58.47; with all of it nothing; with the rest of 2, 9 or 16 $ what is left over it.
    const full = 5847
    expect(patients.map((memberId) => paid.get(memberId))).toEqual([
      Array(12).fill(full),
      [300, ...Array(11).fill(full)],
      [0, 599, ...Array(10).fill(full)],
      [0, 0, 899, ...Array(9).fill(full)],
      [0, 0, 0, ...Array(9).fill(full)],
    ])
    expect(patients.map((memberId) => one.taken(memberId, '2026'))).toEqual([0, 7075, 14_150, 21_225, 3 * 7457])
    for (const memberId of patients) expect(one.taken(memberId, '2026')).toBeLessThanOrEqual(28_300)
  })

  test('with every kind of trouble is known to the cent: what each patient brought, what was recouped, and the money itself', async () => {
    const one = payer()
    // Allowed 74.57: 80 % less 2 % is 58.47. Of 80 % of it 46.78. What is denied, refused, lost or taken back brings nothing.
    const brings: Record<string, number> = {
      Diaz: 5847,
      Qmb: 5847,
      Medigap: 5847,
      Underpaid: 4678,
      Reversed: 5847,
      Takenback: 0,
      Overpaid: 6431,
      Pending: 5847,
      Otherdoctor: 0,
      Bundled: 0,
      Transition: 0,
      Dialysis: 0,
      Hospice: 0,
      Advantage: 0,
      Secondary: 0,
      Ended: 0,
      Records: 0,
      Unprocessable: 0,
      Duplicate: 0,
      Badnpi: 0,
      Reject: 0,
      Lost: 0,
    }
    const families = Object.keys(brings)
    // A digit sum divisible by five leaves no deductible open.
    const memberOf = (family: string) => {
      const at = families.indexOf(family)
      return `1S0${at % 10}${'ACD'[Math.floor(at / 10)] ?? 'E'}0${(10 - (at % 10)) % 10}AA13`
    }
    for (const family of families) expect(deductibleLeftOf(memberOf(family), '2026-12-31', 0)).toBe(0)
    const cents = new Map<string, number>()
    const plb = new Map<string, number>()
    let money = 0
    for (const [index, serviceOn] of monthEnds.entries()) {
      one.go(`${serviceOn}T23:00:00Z`)
      const claims = families.map((family) => ({ ...claim(memberOf(family), serviceOn, family), id: family }))
      await send(one, claims, index + 1, serviceOn)
      const [diaz] = claims
      if (diaz === undefined) throw new Error('Mrs Diaz is billed')
      // The same service under another number is denied as the second of two.
      await send(one, [{ ...diaz, controlNumber: `${diaz.controlNumber}D` }], index + 101, serviceOn)
      for (const remittance of one.take('835').flatMap((text) => read835(text).transactions)) {
        expect(remittance.postable).toBe(true)
        money += remittance.bpr02Cents
        for (const { code, amountCents } of remittance.plb) plb.set(code, (plb.get(code) ?? 0) + amountCents)
        for (const decided of remittance.claims) {
          const family = decided.patient.family
          cents.set(family, (cents.get(family) ?? 0) + decided.paidCents)
        }
      }
    }
    for (const family of families)
      expect([family, cents.get(family.toUpperCase()) ?? 0]).toEqual([family, 12 * (brings[family] ?? 0)])
    const claimsCents = [...cents.values()].reduce((sum, one) => sum + one, 0)
    // What was paid too much is recouped; a payment below zero is carried on, so that no money flows back.
    const carried = 5847 - (5847 - 4678) + (6431 - 5847)
    expect(Object.fromEntries(plb)).toEqual({ WO: 12 * (6431 - 5847), FB: -12 * carried })
    expect(claimsCents).toBe(12 * (5 * 5847 + 4678 + 6431))
    expect(money).toBe(claimsCents - 12 * (6431 - 5847) + 12 * carried)
  })

  test('what is taken back gives the deductible back, from the day of the second payment on', async () => {
    const one = payer()
    one.go('2026-01-31T23:00:00Z')
    await send(one, [claim('1S00A00AA12', '2026-01-31', 'Takenback')], 1, '2026-01-31')
    expect(one.taken('1S00A00AA12', '2026')).toBe(7457)
    one.go('2026-02-01T12:00:00Z')
    expect(one.taken('1S00A00AA12', '2026')).toBe(0)
  })

  test.each([
    ['Dialysis', '97', '1'],
    ['Transition', '231', '1'],
    ['Records', '252', '1'],
    ['Hospice', 'B9', '1'],
    ['Otherdoctor', '119', '1'],
    ['Medigap', '45', '19'],
    ['Unprocessable', '16', '1'],
    ['Duplicate', '18', '1'],
    ['Secondary', '22', '1'],
    ['Advantage', '24', '1'],
    ['Ended', '27', '1'],
    ['Bundled', '97', '1'],
    ['Qmb', '2', '1'],
  ])('%s is answered with CO-%s', async (family, code, status) => {
    const one = payer()
    await send(one, [claim('1S00A00AA13', '2026-01-31', family)], 1, '2026-02-04')
    const [remittance] = one.take('835').flatMap((text) => read835(text).transactions)
    expect(remittance?.postable).toBe(true)
    expect(remittance?.claims[0]?.lines[0]?.adjustments.map((adjustment) => adjustment.code)).toContain(code)
    expect(remittance?.claims[0]?.status).toBe(status)
    expect(remittance?.claims[0]?.crossover?.name).toBe(status === '19' ? 'RIVERVIEW MEDIGAP' : undefined)
  })

  test('a file that the payer does not take is answered by a TA1 alone, a bad NPI by the 277CA', async () => {
    const one = payer()
    await send(one, [claim('1S00A00AA13', '2026-01-31', 'Rejectfile')], 7, '2026-02-04')
    const [ta1] = one.take('').map((text) => readTA1(text))
    expect(ta1?.acknowledgments.map(({ control, result }) => [control, result])).toEqual([['000000007', 'rejected']])
    await send(one, [claim('1S00A00AA13', '2026-01-31', 'Badnpi')], 8, '2026-02-04')
    const [report] = one.take('277CA').flatMap((text) => read277CA(text).reports)
    expect(report?.claims[0]?.reasons.map(({ category, status, entity }) => [category, status, entity])).toEqual([
      ['A7', '562', '82'],
    ])
  })

  describe('a supplement behind Medicare', () => {
    const share = { group: 'PR' as const, code: '2', amountCents: 1223 }
    const behind = (
      memberId: string,
      adjustments: { group: 'CO' | 'PR'; code: string; amountCents: number }[] = [
        { group: 'CO', code: '45', amountCents: 5169 },
        share,
      ],
    ): ClaimToWrite => ({
      ...claim('1S00A00AA13', '2026-01-31'),
      payerSequence: 'S',
      payer: {
        name: 'Hudson Mutual Supplement',
        payerId: '71412',
        filingCode: 'CI',
        memberId,
        groupNumber: null,
        coverageId: 'v',
        decisionId: 'd',
      },
      otherPayer: {
        name: parties.payerName,
        payerId: parties.payerId,
        filingCode: 'MB',
        sequence: 'P',
        mspType: null,
        groupNumber: null,
        groupName: null,
        relationship: '18',
        insured: { family: 'Diaz', given: 'Elena', memberId: '1S00A00AA13' },
        decidedOn: '2026-02-10',
        claimNumber: '221',
        adjustments: [],
        lines: [
          {
            code: '99490',
            units: 1,
            paidCents: 11_186 - adjustments.reduce((sum, { amountCents }) => sum + amountCents, 0),
            adjustments,
          },
        ],
      },
    })
    const decide = async (one: ReturnType<typeof payer>, bill: ClaimToWrite) => {
      await send(one, [bill], 20, '2026-02-12')
      const [remittance] = one.take('835').flatMap((text) => read835(text).transactions)
      expect(remittance?.postable).toBe(true)
      const [decided] = remittance?.claims ?? []
      return {
        status: decided?.status,
        paid: decided?.paidCents,
        adjusted: decided?.lines[0]?.adjustments.map(({ group, code, amountCents }) => [group, code, amountCents]),
        remarks: decided?.lines[0]?.remarks,
      }
    }

    test('pays what Medicare left to the patient, and calls the rest what others took on', async () => {
      expect(await decide(payer(), behind('HM-4410'))).toEqual({
        status: '2',
        paid: 1223,
        adjusted: [['OA', '23', 9963]],
        remarks: [],
      })
    })
    test('leaves a copay, or the deductible that its policy does not cover', async () => {
      expect(await decide(payer(), behind('HM-4401'))).toMatchObject({
        paid: 723,
        adjusted: [
          ['OA', '23', 9963],
          ['PR', '3', 500],
        ],
      })
      const one = payer()
      const deductible = { group: 'PR' as const, code: '1', amountCents: 2000 }
      expect(await decide(one, behind('HM-4402', [deductible, share]))).toMatchObject({
        paid: 1223,
        adjusted: [
          ['OA', '23', 7963],
          ['PR', '1', 2000],
        ],
      })
      expect(one.taken('HM-4402', '2026')).toBe(0)
    })
    test('denies what is no longer covered, and what does not tell of the first decision', async () => {
      expect(await decide(payer(), behind('HM-4403'))).toMatchObject({ paid: 0, adjusted: [['CO', '27', 11_186]] })
      const bare = behind('HM-4410')
      expect(
        await decide(payer(), {
          ...bare,
          otherPayer: bare.otherPayer === null ? null : { ...bare.otherPayer, lines: [] },
        }),
      ).toMatchObject({ paid: 0, adjusted: [['CO', '16', 11_186]], remarks: ['MA04'] })
    })
    test('is another thing than Medicare behind an employer plan, which pays second by 42 CFR 411.33', async () => {
      const employer = (...told: [group: 'CO' | 'PR', code: string, amountCents: number][]): ClaimToWrite => {
        const bill = behind(
          'none',
          told.map(([group, code, amountCents]) => ({ group, code, amountCents })),
        )
        if (bill.otherPayer === null) throw new Error('the bill tells of a payer before')
        return {
          ...bill,
          payer: null,
          otherPayer: { ...bill.otherPayer, payerId: '60054', filingCode: 'CI', mspType: '12' },
        }
      }
      const second = async (bill: ClaimToWrite) => {
        const { paid, adjusted } = await decide(payer(), bill)
        return [paid, adjusted]
      }
      // It paid 40.00 and left 40.00, which Medicare pays less 2 %.
      expect(await second(employer(['CO', '45', 3186], ['PR', '3', 4000]))).toEqual([
        3920,
        [
          ['OA', '23', 7186],
          ['CO', '253', 80],
        ],
      ])
      // It paid all but 1.00.
      expect(await second(employer(['CO', '45', 3186], ['PR', '3', 100]))).toEqual([
        98,
        [
          ['OA', '23', 11_086],
          ['CO', '253', 2],
        ],
      ])
      // It refused the service and left it to the patient: Medicare pays what it would alone.
      expect((await second(employer(['PR', '96', 11_186])))[0]).toBe(5847)
    })
    test('is no duplicate of the claim to Medicare, and a second bill to it is one', async () => {
      const one = payer()
      await send(one, [claim('1S00A00AA13', '2026-01-31')], 10, '2026-02-04')
      one.take('')
      expect(await decide(one, behind('HM-4410'))).toMatchObject({ paid: 1223 })
      await send(one, [behind('HM-4410')], 21, '2026-02-20')
      const [again] = one.take('835').flatMap((text) => read835(text).transactions)
      expect(again?.claims[0]?.lines[0]?.adjustments.map(({ code }) => code)).toEqual(['18'])
    })
  })

  test('every sentinel of the supplement stands in its documentation', () => {
    const told = readFileSync(new URL('../../../../../docs/simulator.md', import.meta.url), 'utf8')
    const table = told.slice(told.indexOf('| Member number ends in'))
    for (const ending of Object.keys(bySupplementEnding)) expect(table).toContain(`\n| ${ending} |`)
  })

  test('every sentinel of the payer stands in its documentation', () => {
    const told = readFileSync(new URL('../../../../../docs/simulator.md', import.meta.url), 'utf8')
    const rows = told.slice(told.indexOf('## Claims and payments')).split('\n')
    for (const [ending, conduct] of Object.entries(byEnding)) {
      const family = Object.entries(byFamily).find(([, one]) => one === conduct)?.[0] ?? ''
      const row = rows.find(
        (one) =>
          one.startsWith('| ') &&
          one
            .split('|')[1]
            ?.split(',')
            .some((part) => part.trim() === ending),
      )
      expect([ending, row?.split('|')[2]?.trim().toUpperCase()]).toEqual([ending, family])
    }
  })
})
