import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Script } from 'node:vm'
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin'
import { DryRunStatus, determineHitLimitReached, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner'
import { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect'
import fc from 'fast-check'
import { build } from 'vite'

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin)
// A change that only some random cases notice is noticed, or not, in every run alike.
fc.configureGlobal({ seed: 20_261_101 })

/** What the instrumented sources read and write: the active change, and what was reached by which test. */
globalThis.__stryker__ ??= {}
const stryker = globalThis.__stryker__
const require = createRequire(import.meta.url)
/** The suite as one script and its tests from the quickest to the slowest, for the other process of the run. */
const SUITE = 'suite.json'

/** Sources and tests as they stand in the folder of the run, as one script; other packages stay outside of it. */
async function bundle() {
  const { output } = await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: 'all.test.ts', write: false, rolldownOptions: { output: { format: 'cjs', codeSplitting: false } } },
  })
  return output[0].code
}

async function outcomeOf({ id, body }) {
  const began = performance.now()
  const told = { id, name: id }
  try {
    await body()
    return { ...told, timeSpentMs: performance.now() - began, status: TestStatus.Success }
  } catch (error) {
    const failureMessage = error instanceof Error ? error.message : String(error)
    return { ...told, timeSpentMs: performance.now() - began, status: TestStatus.Failed, failureMessage }
  }
}

/**
 * Runs the tests inside the process of the mutation run, because a start of Vitest costs seconds for every change. The
 * script is evaluated anew for every change, so that nothing one change has left in a cache reaches the next.
 */
class OneScript {
  #script
  #order

  capabilities() {
    return { reloadEnvironment: true }
  }

  /** The tests by name, and what registers those that stay apart. The code is needed once. */
  #load(code) {
    this.#script ??= new Script(`(function (require, module, exports) {${code}\n})`, { filename: 'suite.cjs' })
    const tests = new Map()
    const path = []
    const vitest = {
      expect: chai.expect,
      describe(name, body) {
        path.push(name)
        body()
        path.pop()
      },
      test(name, body) {
        const id = [...path, name].join(' > ')
        if (tests.has(id)) throw new Error(`two tests are called ${id}`)
        tests.set(id, { id, body })
      },
    }
    const module = { exports: {} }
    this.#script.runInThisContext()((name) => (name === 'vitest' ? vitest : require(name)), module, module.exports)
    return { tests, apart: module.exports.apart }
  }

  async dryRun() {
    const code = await bundle()
    const { tests, apart } = this.#load(code)
    const results = []
    const measure = async () => {
      const fresh = [...tests.values()].slice(results.length)
      const told = []
      for (const one of fresh) {
        stryker.currentTestId = one.id
        told.push(await outcomeOf(one))
      }
      stryker.currentTestId = undefined
      results.push(...told)
      return told.toSorted((a, b) => a.timeSpentMs - b.timeSpentMs).map((one) => one.id)
    }
    const order = await measure()
    await apart()
    order.push(...(await measure()))
    const { mutantCoverage } = stryker
    stryker.mutantCoverage = undefined
    writeFileSync(SUITE, JSON.stringify({ code, order }))
    const failed = (await this.#run(this.#load(), order)).find((one) => one.status === TestStatus.Failed)
    if (failed) throw new Error(`in another order ${failed.id} fails: ${failed.failureMessage}`)
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage }
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    const { code, order } = this.#order ? { order: this.#order } : JSON.parse(readFileSync(SUITE, 'utf8'))
    this.#order = order
    stryker.activeMutant = undefined
    const suite = this.#load(code)
    const wanted = new Set(testFilter)
    Object.assign(stryker, {
      activeMutant: activeMutant.id,
      hitCount: hitLimit === undefined ? undefined : 0,
      hitLimit,
    })
    const tests = await this.#run(
      suite,
      order.filter((id) => wanted.has(id)),
    )
    return toMutantRunResult(
      determineHitLimitReached(stryker.hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests },
    )
  }

  /** Up to the first test that fails. */
  async #run({ tests, apart }, order) {
    const results = []
    for (const id of order) {
      const body = async () => {
        if (!tests.has(id)) await apart()
        await tests.get(id).body()
      }
      const result = await outcomeOf({ id, body })
      results.push(result)
      if (result.status === TestStatus.Failed) break
    }
    return results
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'one-script', OneScript)]
