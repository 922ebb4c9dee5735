/** One JSON document for a program, or lines for a person; both on stdout. */
export function print(json: boolean, document: unknown, lines: () => string[]): void {
  process.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : `${lines().join('\n')}\n`)
}

/** Progress and remarks go to stderr, so that stdout stays the result. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
