import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import type { Clock } from '../kernel/clock.ts'
import { sftpDrop } from './clearinghouse/sftp-drop.ts'
import { demoEhr } from './ehr/demo-ehr.ts'
import type { EhrWriter } from './ehr/ehr-writer.ts'
import { fhirEhr } from './ehr/fhir-ehr.ts'
import { eligibilityOverHttp } from './eligibility/eligibility-http.ts'
import { eligibilitySimulator } from './eligibility/eligibility-simulator.ts'
import type { EligibilityService } from './eligibility/eligibility-service.ts'
import type { Outside } from './outside.ts'

/** The parties of this installation: the real ones where they are configured, the simulators in the demo, and otherwise none. */
export function outsideParties(config: Config, demo: boolean, _database: Database, _clock: Clock): Outside {
  return {
    eligibility: eligibilityOf(config, demo),
    ehr: ehrOf(config, demo),
    drops: { sftp: config.sftp === null ? null : sftpDrop(config.sftp), simulator: null },
  }
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

function eligibilityOf(config: Config, demo: boolean): EligibilityService {
  if (config.eligibilityUrl !== null) return eligibilityOverHttp({ url: config.eligibilityUrl, authorization: config.eligibilityAuthorization ?? undefined })
  if (demo) return eligibilitySimulator()
  return {
    name: 'none',
    async ask() {
      throw new Error('No eligibility service is connected. Set KEEPWELL_ELIGIBILITY_URL.')
    },
  }
}
