import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The order in which a clinic works: each seat finds what the one before has done. */
const seats = [
  'front-desk',
  'provider',
  'care-manager',
  'biller',
  'manager',
  'on-call',
  'administrator',
  'accessibility',
]

export class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = (file: TestSpecification) => seats.findIndex((seat) => file.moduleId.includes(`/e2e/${seat}/`))
    return [...files].sort((a, b) => place(a) - place(b) || a.moduleId.localeCompare(b.moduleId))
  }
}
