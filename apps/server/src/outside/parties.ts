import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import type { Clock } from '../kernel/clock.ts'
import type { ClaimDrop } from './clearinghouse/claim-drop.ts'
import { payerSimulator } from './clearinghouse/payer-simulator.ts'
import { sftpDrop } from './clearinghouse/sftp-drop.ts'
import {
  deductiblesLeft,
  simulatorDeductibles,
  simulatorMailbox,
  simulatorTerms,
} from './clearinghouse/simulator-store.ts'
import { demoEhr } from './ehr/demo-ehr.ts'
import type { EhrWriter } from './ehr/ehr-writer.ts'
import { fhirEhr } from './ehr/fhir-ehr.ts'
import { eligibilityOverHttp } from './eligibility/eligibility-http.ts'
import type { EligibilityService } from './eligibility/eligibility-service.ts'
import { eligibilitySimulator } from './eligibility/eligibility-simulator.ts'
import type { Outside } from './outside.ts'

/** The parties of this installation: the real ones where they are configured, the simulators in the demo, and otherwise none. */
export function outsideParties(config: Config, demo: boolean, database: Database, clock: Clock): Outside {
  return {
    eligibility: eligibilityOf(config, demo, database, clock),
    ehr: ehrOf(config, demo),
    drops: {
      sftp: config.sftp === null ? null : sftpDrop(config.sftp),
      simulator: demo ? demoPayer(database, clock) : null,
    },
  }
}

const demoTenantOf = (database: Database) => () =>
  database.beforeTenant(
    async (db) =>
      (await db.selectFrom('auth.organizations').select('id').where('demo', '=', true).limit(1).executeTakeFirst())
        ?.id ?? null,
  )

/** The payer of the demo clinic, which keeps its post in the clinic's own store and has the deductibles that the eligibility simulator tells. */
function demoPayer(database: Database, clock: Clock): ClaimDrop {
  const tenantOf = demoTenantOf(database)
  const book = simulatorDeductibles(database, tenantOf)
  return payerSimulator({
    mailbox: simulatorMailbox(database, tenantOf),
    clock,
    termsOf: simulatorTerms(database, tenantOf),
    deductiblesLeft: (asked) => deductiblesLeft(book, asked, clock.now()),
  })
}

function ehrOf(config: Config, demo: boolean): EhrWriter {
  if (config.ehrUrl !== null) return fhirEhr(config.ehrUrl, config.ehrToken)
  if (demo) return demoEhr
  return {
    name: 'none',
    async write() {
      throw new Error('No EHR is connected. Set KEEPWELL_EHR_URL.')
    },
  }
}

function eligibilityOf(config: Config, demo: boolean, database: Database, clock: Clock): EligibilityService {
  if (config.eligibilityUrl !== null)
    return eligibilityOverHttp({
      url: config.eligibilityUrl,
      authorization: config.eligibilityAuthorization ?? undefined,
    })
  if (demo) {
    const book = simulatorDeductibles(database, demoTenantOf(database))
    return eligibilitySimulator(
      async (memberId, year) => (await book.taken([{ memberId, year }], clock.now())).get(`${memberId} ${year}`) ?? 0,
    )
  }
  return {
    name: 'none',
    connected: false,
    async ask() {
      throw new Error('No eligibility service is connected. Set KEEPWELL_ELIGIBILITY_URL.')
    },
  }
}
