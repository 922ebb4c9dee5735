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
/** The suite as one script and what each test costs, for the other process of the run. */
const SUITE = 'suite.json'
/** What reaches which change is recorded once; recording it again would only slow down every change. */
const RECORDED = /\bstryCov_\w+(\$\d+)?\("[^)]*"\)/g

/** Sources and tests as they stand in the folder of the run, as one script; other packages stay outside of it. */
async function bundle() {
  const { output } = await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: 'all.test.ts', write: false, rolldownOptions: { output: { format: 'cjs', codeSplitting: false } } },
  })
  // The hash of the book is most of an evaluation and the same in each, because a change takes effect only after it.
  return output[0].code.replace('bookHash = sha256(', 'bookHash = globalThis.bookHash ??= sha256(')
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
  /** Every test with its cost in milliseconds, how many changes it has found so far, and whether it stays apart. */
  #queue

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
      for (const one of [...tests.values()].slice(results.length)) {
        stryker.currentTestId = one.id
        results.push(await outcomeOf(one))
      }
      stryker.currentTestId = undefined
    }
    await measure()
    const together = results.length
    await apart()
    await measure()
    const { mutantCoverage } = stryker
    const queue = results.map(({ id, timeSpentMs }, at) => ({ id, cost: timeSpentMs, found: 0, apart: at >= together }))
    writeFileSync(SUITE, JSON.stringify({ code: code.replaceAll(RECORDED, '0'), queue }))
    this.#script = undefined
    const again = await this.#run(results.map((one) => one.id))
    const failed = again.find((one) => one.status === TestStatus.Failed)
    if (failed) throw new Error(`in another order ${failed.id} fails: ${failed.failureMessage}`)
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage }
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    const tests = await this.#run(testFilter, {
      activeMutant: activeMutant.id,
      hitCount: hitLimit === undefined ? undefined : 0,
      hitLimit,
    })
    return toMutantRunResult(
      determineHitLimitReached(stryker.hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests },
    )
  }

  /** Up to the first test that fails: those first that cost least for what they find, those that stay apart last. */
  async #run(ids, change) {
    const suite = this.#script ? {} : JSON.parse(readFileSync(SUITE, 'utf8'))
    this.#queue ??= suite.queue
    stryker.activeMutant = undefined
    const { tests, apart } = this.#load(suite.code)
    Object.assign(stryker, change)
    const wanted = new Set(ids)
    const queue = this.#queue
      .filter((one) => wanted.has(one.id))
      .sort((a, b) => a.apart - b.apart || a.cost / (1 + a.found) - b.cost / (1 + b.found))
    const results = []
    for (const one of queue) {
      const body = async () => {
        if (!tests.has(one.id)) await apart()
        await tests.get(one.id).body()
      }
      const result = await outcomeOf({ id: one.id, body })
      results.push(result)
      if (result.status !== TestStatus.Failed) continue
      one.found += 1
      break
    }
    return results
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'one-script', OneScript)]
