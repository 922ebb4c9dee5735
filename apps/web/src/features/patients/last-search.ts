/**
 * The words of the last search, for coming back to the list. They name a person, so they live in the memory of
 * this page alone: not in the address, not in the browser's storage. Reloading or locking forgets them.
 */
let words = ''

export function lastSearch(): string {
  return words
}

export function rememberSearch(text: string): void {
  words = text
}
