interface Run {
  words: string
  /** Whether the other text has these words too, in the same order. */
  shared: boolean
}

/** A text cut into runs of words that the other text shares and runs that it does not: the longest common order of words. */
export function wordRuns(text: string, other: string): Run[] {
  const mine = text.match(/\S+\s*/g) ?? []
  const theirs = (other.match(/\S+\s*/g) ?? []).map((word) => word.trim())
  const width = theirs.length + 1
  // common[i * width + j]: how many words the rest of both share, from word i of mine and word j of theirs on.
  const common = new Uint16Array((mine.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  for (let i = mine.length - 1; i >= 0; i -= 1) {
    for (let j = theirs.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        mine[i]?.trim() === theirs[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const runs: Run[] = []
  const put = (words: string, shared: boolean) => {
    const last = runs.at(-1)
    if (last !== undefined && last.shared === shared) last.words += words
    else runs.push({ words, shared })
  }
  let j = 0
  for (let i = 0; i < mine.length; i += 1) {
    while (j < theirs.length && mine[i]?.trim() !== theirs[j] && at(i, j + 1) >= at(i + 1, j)) j += 1
    const shared = j < theirs.length && mine[i]?.trim() === theirs[j]
    put(mine[i] ?? '', shared)
    if (shared) j += 1
  }
  return runs
}
