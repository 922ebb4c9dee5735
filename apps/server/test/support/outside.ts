import type { Outside } from '../../src/outside/outside.ts'

/** Outside parties for tests that do not speak to any: whoever is spoken to says so. */
export function quietOutside(): Outside {
  const nobody = (who: string) => async (): Promise<never> => {
    throw new Error(`${who} is not there in this test.`)
  }
  return {
    eligibility: { name: 'nobody', connected: false, ask: nobody('The eligibility service') },
    ehr: { name: 'nobody', write: nobody('The EHR') },
    drops: { sftp: null, simulator: null },
  }
}
