/** Stands for every character beyond Latin-1. */
const BEYOND = 255

/** The platform's own encoder (WHATWG Encoding Standard), which browsers and servers have alike. */
const encoder = new (globalThis as unknown as EncodingPlatform).TextEncoder()

interface EncodingPlatform {
  readonly TextEncoder: new () => { encodeInto(text: string, into: Uint8Array): { read: number; written: number } }
}

/**
 * The codes of a text's characters, one byte for each; 255 stands for every character beyond Latin-1. Reading bytes is
 * about twice as quick as asking a text for its characters, and each character of a file is looked at more than once.
 * `into` is used when it is long enough.
 */
export function characterCodes(text: string, into?: Uint8Array): Uint8Array {
  const codes = into !== undefined && into.length >= text.length ? into : new Uint8Array(text.length)
  const { read, written } = encoder.encodeInto(text, codes)
  // UTF-8 has one byte for each character only where all are ASCII.
  if (read === text.length && written === text.length) return codes
  for (let at = 0; at < text.length; at++) codes[at] = Math.min(text.charCodeAt(at), BEYOND)
  return codes
}

/** Whether a character can be told by its code. */
export function hasCode(character: string): boolean {
  return character.charCodeAt(0) < BEYOND
}

/** Up to four characters as one number, seven bits each; -1 when it is longer or not plain. */
export function packedAt(codes: Uint8Array, from: number, to: number): number {
  if (to - from > 4) return -1
  let number = 0
  for (let at = from; at < to; at++) {
    const code = codes[at] ?? BEYOND
    if (code < 33 || code > 126) return -1
    number = number * 128 + code
  }
  return number
}

/** The same for a text by itself. */
export function packed(text: string): number {
  return packedAt(characterCodes(text), 0, text.length)
}
