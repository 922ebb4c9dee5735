/** The order of two texts by their characters, the same on every machine. */
export function compare(a: string, b: string): number {
  return Number(a > b) - Number(a < b)
}
