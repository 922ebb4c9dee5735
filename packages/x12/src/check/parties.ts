import { isEin, isNpi, isPhone, isPostOfficeBox, isState, isTaxonomy, isZip, isZip9 } from '../identifiers.ts'
import type { ScannedBilling, ScannedClaim, ScannedParty, ScannedSubscriber } from '../read/scan-837p.ts'
import { element, type Segment } from '../segments.ts'
import type { Reporter } from './reporting.ts'

/** The clearinghouse or clinic that sends the file. */
export function checkSubmitter(party: ScannedParty, report: Reporter): void {
  checkEntity(party, '1000A', report)
  checkContacts(party, '1000A', report)
}

/** Names, numbers and addresses of the billing provider. */
export function checkBilling(billing: ScannedBilling, report: Reporter): void {
  checkProvider(billing.provider, '2010AA', report)
  checkContacts(billing.provider, '2010AA', report)
  checkTaxonomy(billing.taxonomy, '2000A', report)
  checkTaxId(billing.provider, report)
  checkAddress(billing.provider, '2010AA', true, report)
  checkAddress(billing.payTo, '2010AB', false, report)
  const street = billing.provider?.street
  for (const position of [1, 2]) {
    if (!street || !isPostOfficeBox(element(street, position))) continue
    const at = `N30${position}`
    const message = `${at} is a post office box; the billing provider needs a street address, and the box goes to the pay-to address.`
    report.error(2, 'billing_post_office_box', message, street, at, '2010AA')
  }
  const name = billing.provider?.name
  if (name && hasNoId(name)) {
    const message = 'The billing provider has no NPI (NM108 XX and NM109).'
    report.error(4, 'billing_npi_missing', message, name, 'NM109', '2010AA')
  }
}

/** Where one of the two is there, the other is missed as its pair. */
function hasNoId(name: Segment): boolean {
  return name.isEmpty(8) && name.isEmpty(9)
}

export function checkSubscriber(subscriber: ScannedSubscriber, report: Reporter): void {
  checkEntity(subscriber.person, '2010BA', report)
  checkWholeAddress(subscriber.payer, '2010BB', report)
  checkAddress(subscriber.person, '2010BA', false, report)
  checkAddress(subscriber.payer, '2010BB', false, report)
}

const CLAIM_LOOPS: ReadonlyMap<string, string> = new Map([
  ['DN', '2310A'],
  ['P3', '2310A'],
  ['82', '2310B'],
  ['77', '2310C'],
  ['DQ', '2310D'],
])
const LINE_LOOPS: ReadonlyMap<string, string> = new Map([
  ['82', '2420A'],
  ['QB', '2420B'],
  ['77', '2420C'],
  ['DQ', '2420D'],
  ['DK', '2420E'],
  ['DN', '2420F'],
  ['P3', '2420F'],
])

/** Everyone named in one claim. */
export function checkClaimParties(claim: ScannedClaim, report: Reporter): void {
  checkAddress(claim.dependent?.person ?? null, '2010CA', false, report)
  for (const party of claim.providers) {
    const role = element(party.name, 1)
    const loop = CLAIM_LOOPS.get(role) ?? '2310'
    checkProvider(party, loop, report)
    checkTaxonomy(party.taxonomy, loop, report)
    checkAddress(party, loop, role === '77', report)
  }
  for (const other of claim.others) {
    checkAddress(other.person, '2330A', false, report)
    checkAddress(other.payer, '2330B', false, report)
    checkWholeAddress(other.person, '2330A', report)
    checkWholeAddress(other.payer, '2330B', report)
    checkEntity(other.person, '2330A', report)
  }
  for (const line of claim.lines) {
    for (const party of line.providers) {
      const loop = LINE_LOOPS.get(element(party.name, 1)) ?? '2420'
      checkProvider(party, loop, report)
      checkTaxonomy(party.taxonomy, loop, report)
      checkAddress(party, loop, party.name.is(1, '77'), report)
    }
  }
}

/** A street without its city reaches nobody, and the other way round. */
function checkWholeAddress(party: ScannedParty | null, loop: string, report: Reporter): void {
  if (!party || (party.street === null) === (party.city === null)) return
  const [has, lacks] = party.street ? ['N3', 'N4'] : ['N4', 'N3']
  const message = `${lacks} is missing: ${has} stands alone, and an address needs street and city.`
  report.error(4, 'address_incomplete', message, party.street ?? party.city ?? party.name, lacks ?? null, loop)
}

/** First name, middle name and suffix in an NM1. */
const PERSON_NAMES = [4, 5, 7]

/** An organization has no first name. */
function checkEntity(party: ScannedParty | null, loop: string, report: Reporter): void {
  if (!party?.name.is(2, '2')) return
  for (const position of PERSON_NAMES) {
    if (party.name.isEmpty(position)) continue
    const at = `NM10${position}`
    const message = `${at} is part of a person's name, but NM102 says that this is an organization.`
    report.error(4, 'person_name_unexpected', message, party.name, at, loop)
  }
}

function checkProvider(party: ScannedParty | null, loop: string, report: Reporter): void {
  if (!party) return
  checkEntity(party, loop, report)
  const { name } = party
  const npi = element(name, 9)
  if (name.is(8, 'XX') && npi !== '' && !isNpi(npi)) {
    report.error(
      5,
      'npi_invalid',
      `NM109 is "${npi.slice(0, 20)}", which is no NPI: ten digits that pass the check digit.`,
      name,
      'NM109',
      loop,
    )
  }
  if (name.is(1, '82') && hasNoId(name)) {
    const message = 'The rendering provider has no NPI (NM108 XX and NM109).'
    report.error(4, 'rendering_npi_missing', message, name, 'NM109', loop)
  }
  if (name.is(2, '1') && !name.isEmpty(3) && name.isEmpty(4)) {
    report.warning(4, 'given_name_missing', 'NM104 is empty: a person should have a first name.', name, 'NM104', loop)
  }
}

function checkTaxonomy(taxonomy: Segment | null, loop: string, report: Reporter): void {
  if (!taxonomy) return
  const code = element(taxonomy, 3)
  if (code.length === 10 && !isTaxonomy(code)) {
    report.error(
      5,
      'taxonomy_invalid',
      `PRV03 is "${code.slice(0, 20)}", which has not the form of a taxonomy code.`,
      taxonomy,
      'PRV03',
      loop,
    )
  }
}

function checkTaxId(party: ScannedParty | null, report: Reporter): void {
  for (const reference of party?.references ?? []) {
    const qualifier = element(reference, 1)
    const value = element(reference, 2)
    if ((qualifier === 'EI' || qualifier === 'SY') && value !== '' && !isEin(value)) {
      report.error(
        5,
        'tax_id_invalid',
        `REF02 is "${value.slice(0, 20)}"; a tax id has nine digits and no dash.`,
        reference,
        'REF02',
        '2010AA',
      )
    }
  }
}

function checkContacts(party: ScannedParty | null, loop: string, report: Reporter): void {
  for (const contact of party?.contacts ?? []) {
    if (contact.isEmpty(3) && contact.isEmpty(4)) {
      report.error(
        2,
        'contact_way_missing',
        'PER03 is empty: a contact needs a telephone number, e-mail address or fax.',
        contact,
        'PER03',
        loop,
      )
    }
    for (let position = 3; position <= 7; position += 2) {
      const way = element(contact, position)
      const value = element(contact, position + 1)
      if ((way === 'TE' || way === 'FX') && value !== '' && !isPhone(value)) {
        const at = `PER${String(position + 1).padStart(2, '0')}`
        report.error(
          2,
          'phone_invalid',
          `${at} is "${value.slice(0, 20)}"; a telephone number has ten digits and nothing else.`,
          contact,
          at,
          loop,
        )
      }
      if (way === 'EM' && value !== '' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)) {
        const at = `PER${String(position + 1).padStart(2, '0')}`
        report.warning(
          2,
          'email_invalid',
          `${at} is "${value.slice(0, 40)}", which is no e-mail address.`,
          contact,
          at,
          loop,
        )
      }
    }
  }
}

function checkAddress(party: ScannedParty | null, loop: string, nineDigits: boolean, report: Reporter): void {
  const city = party?.city
  if (!city) return
  const country = element(city, 4)
  if (country !== '' && country !== 'US') return
  const state = element(city, 2)
  const zip = element(city, 3)
  if (state === '')
    report.error(
      4,
      'state_missing',
      'N402 is empty: an address in the United States needs its state.',
      city,
      'N402',
      loop,
    )
  else if (!isState(state))
    report.error(5, 'state_invalid', `N402 is "${state.slice(0, 10)}", which is no state.`, city, 'N402', loop)
  if (zip === '')
    report.error(
      4,
      'zip_missing',
      'N403 is empty: an address in the United States needs its ZIP code.',
      city,
      'N403',
      loop,
    )
  else if (!isZip(zip))
    report.error(
      5,
      'zip_invalid',
      `N403 is "${zip.slice(0, 20)}"; a ZIP code has five or nine digits and no dash.`,
      city,
      'N403',
      loop,
    )
  else if (nineDigits && !isZip9(zip)) {
    report.error(2, 'zip_nine_digits', `N403 is "${zip}"; here the ZIP code needs all nine digits.`, city, 'N403', loop)
  }
}
