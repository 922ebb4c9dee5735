import { constants, createReadStream } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import {
  type CheckedFinding,
  type ClaimCheckOptions,
  type Facts,
  FileCheck,
  FileFacts,
  FileSurvey,
  isLocalDate,
  printed,
} from '@keepwell/x12'
import { type Command, type CommandInput, UsageError } from './command.ts'
import { Output } from './json-output.ts'

/** Read at once; larger pieces only need more memory. */
const PIECE = 64 * 1024

const x12Check: Command = {
  takes: 'FILE… [--today YYYY-MM-DD] [--no-replacements]',
  does: 'Checks X12 files: envelope, guide, balances and Medicare rules. Exit 1 if any has an error.',
  options: { today: { type: 'string' }, 'no-replacements': { type: 'boolean' } },
  async run({ positionals, options, json }) {
    await requireFiles(positionals)
    const rules = rulesOf(options)
    const out = new Output()
    let allAccepted = true
    out.text(json ? '{\n  "files": [' : '')
    for (const [index, file] of positionals.entries()) {
      const accepted = await checkOne(file, rules, json, index > 0, out)
      allAccepted &&= accepted
    }
    out.text(json ? '\n  ]\n}\n' : '')
    out.flush()
    return allAccepted ? 0 : 1
  },
}

/** Prints one file's findings as they are found, for a large file may have many. */
async function checkOne(
  file: string,
  rules: ClaimCheckOptions,
  json: boolean,
  follows: boolean,
  out: Output,
): Promise<boolean> {
  let accepted = true
  let count = 0
  const check = new FileCheck((one) => {
    if (one.severity === 'error') accepted = false
    if (json) out.text(`${count === 0 ? '\n' : ',\n'}        ${JSON.stringify(printed(one))}`)
    else out.text(`  ${lineOf(printed(one))}\n`)
    count++
  }, rules)
  const pieces = await openFile(file)
  out.text(
    json ? `${follows ? ',' : ''}\n    {\n      "file": ${JSON.stringify(file)},\n      "findings": [` : `${file}:\n`,
  )
  for await (const piece of pieces) check.push(piece)
  check.end()
  out.text(
    json
      ? `${count === 0 ? '' : '\n      '}],\n      "interchanges": ${check.interchanges},\n      "accepted": ${accepted}\n    }`
      : `  ${accepted ? 'accepted' : 'not accepted'}\n`,
  )
  return accepted
}

const x12Read: Command = {
  takes: 'FILE…',
  does: 'Reads X12 files and tells what is in them. Exit 1 if one is not X12.',
  async run({ positionals, json }) {
    await requireFiles(positionals)
    const out = new Output()
    let anyRefused = false
    out.text(json ? '{\n  "files": [' : '')
    for (const [index, file] of positionals.entries()) {
      const survey = new FileSurvey()
      for await (const piece of await openFile(file)) survey.push(piece)
      survey.end()
      anyRefused ||= survey.refused !== null
      if (json) await printFacts(file, survey, index > 0, out)
      else await tellFacts(file, survey, out)
    }
    out.text(json ? '\n  ]\n}\n' : '')
    out.flush()
    return anyRefused ? 1 : 0
  },
}

/** They need neither store nor server, and leave the memory to a large file. */
export const x12Commands: Record<string, Command> = { 'x12 check': x12Check, 'x12 read': x12Read }

async function printFacts(file: string, survey: FileSurvey, follows: boolean, out: Output): Promise<void> {
  const { refused, delimiters, envelopeErrors } = survey
  const head = JSON.stringify({ file, refused, delimiters, envelopeErrors: envelopeErrors.map(printed) }, null, 2)
  out.text(`${follows ? ',' : ''}\n${indented(head.slice(0, -2), 4)},\n      "sets": [`)
  let sets = 0
  let items = -1
  const facts = new FileFacts(survey, {
    openSet(opened, list) {
      out.text(`${sets++ === 0 ? '' : ','}\n${indented(JSON.stringify(opened, null, 2).slice(0, -2), 8)}`)
      items = list === null ? -1 : 0
      if (list !== null) out.text(`,\n          "${list}": [`)
    },
    item(one) {
      out.text(`${items++ === 0 ? '' : ','}\n            ${JSON.stringify(one)}`)
    },
    closeSet(rest) {
      if (items >= 0) out.text(items === 0 ? ']' : '\n          ]')
      out.text(`,\n${indented(JSON.stringify(rest, null, 2).slice(2), 8)}`)
    },
  })
  for await (const piece of await openFile(file)) facts.push(piece)
  facts.end()
  out.text(sets === 0 ? ']\n    }' : '\n      ]\n    }')
}

async function tellFacts(file: string, survey: FileSurvey, out: Output): Promise<void> {
  out.text(survey.refused === null ? `${file}:\n` : `${file}: refused. ${survey.refused}\n`)
  for (const one of survey.envelopeErrors) out.text(`  ${lineOf(printed(one))}\n`)
  let head: Facts = {}
  let items = 0
  const facts = new FileFacts(survey, {
    openSet(opened) {
      head = opened
      items = 0
    },
    item() {
      items++
    },
    closeSet(rest) {
      const claims = items === 0 ? '' : `, ${items} claims`
      const balance = rest.transactionBalances === false ? `, out of balance by ${rest.transactionDifference}` : ''
      out.text(`  ${head.type} ${head.control}: ${rest.segments ?? 1} segments${claims}${balance}\n`)
    },
  })
  for await (const piece of await openFile(file)) facts.push(piece)
  facts.end()
}

function lineOf(one: CheckedFinding): string {
  const place = [`set ${one.set ?? '-'}`, `segment ${one.segment ?? '-'}`, one.loop === null ? '' : `loop ${one.loop}`]
  return `${one.severity} ${one.code} at ${place.filter((part) => part !== '').join(' ')}${one.element === null ? '' : ` ${one.element}`}: ${one.message}`
}

function indented(text: string, by: number): string {
  const margin = ' '.repeat(by)
  return margin + text.replaceAll('\n', `\n${margin}`)
}

function rulesOf(options: CommandInput['options']): ClaimCheckOptions {
  const { today } = options
  if (today !== undefined && (typeof today !== 'string' || !isLocalDate(today))) {
    throw new UsageError('--today is a date written YYYY-MM-DD.')
  }
  return {
    ...(today === undefined ? {} : { today }),
    ...(options['no-replacements'] === true ? { acceptsReplacement: false } : {}),
  }
}

/**
 * Looks for all files before the first is printed, so that no half answer stands on stdout.
 * @throws UsageError where none is named or one cannot be read.
 */
async function requireFiles(files: readonly string[]): Promise<void> {
  if (files.length === 0) throw new UsageError('Name at least one file.')
  for (const file of files) {
    const isFolder = await access(file, constants.R_OK)
      .then(() => stat(file))
      .then((told) => told.isDirectory())
      .catch(() => true)
    if (isFolder) throw new UsageError(`The file ${file} cannot be read.`)
  }
}

/**
 * The pieces of a file's text.
 * @throws UsageError where the file cannot be read.
 */
async function openFile(file: string): Promise<AsyncIterable<string>> {
  const stream = createReadStream(file, { encoding: 'utf8', highWaterMark: PIECE })
  const pieces: AsyncIterator<string> = stream[Symbol.asyncIterator]()
  try {
    const first = await pieces.next()
    return follow(first, pieces)
  } catch {
    throw new UsageError(`The file ${file} cannot be read.`)
  }
}

async function* follow(first: IteratorResult<string>, pieces: AsyncIterator<string>): AsyncGenerator<string> {
  for (let piece = first; piece.done !== true; piece = await pieces.next()) yield piece.value
}
