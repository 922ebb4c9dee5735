const ROUND_CONSTANTS = roundConstants()

/** The first 32 bits of the fractions of the cube roots of the first 64 primes, as the standard defines them. */
function roundConstants(): Uint32Array {
  const constants = new Uint32Array(64)
  let count = 0
  for (let candidate = 2n; count < 64; candidate += 1n) {
    if (!isPrime(candidate)) continue
    constants[count] = Number(cubeRootFraction(candidate))
    count += 1
  }
  return constants
}

function isPrime(candidate: bigint): boolean {
  for (let divisor = 2n; divisor * divisor <= candidate; divisor += 1n) if (candidate % divisor === 0n) return false
  return true
}

/** floor(cbrt(n) * 2^32) without its whole part, exactly. */
function cubeRootFraction(n: bigint): bigint {
  const scaled = n << 96n
  let low = 0n
  let high = 1n << 40n
  while (low < high) {
    const middle = (low + high + 1n) >> 1n
    if (middle * middle * middle <= scaled) low = middle
    else high = middle - 1n
  }
  return low & 0xffffffffn
}

function utf8(text: string): number[] {
  const bytes: number[] = []
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    if (point < 0x80) bytes.push(point)
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63))
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63))
    else {
      bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63))
    }
  }
  return bytes
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

/** SHA-256 of a text in UTF-8, in hex. For content hashes of the book only: nothing secret passes here. */
export function sha256(text: string): string {
  const bytes = utf8(text)
  const bits = bytes.length * 8
  bytes.push(0x80)
  while (bytes.length % 64 !== 56) bytes.push(0)
  const high = Math.floor(bits / 2 ** 32)
  for (const word of [high, bits >>> 0]) {
    bytes.push((word >>> 24) & 255, (word >>> 16) & 255, (word >>> 8) & 255, word & 255)
  }
  const state = Uint32Array.of(
    0x6a09e667,
    0xbb67ae85,
    0x3c6ef372,
    0xa54ff53a,
    0x510e527f,
    0x9b05688c,
    0x1f83d9ab,
    0x5be0cd19,
  )
  const at = (list: Uint32Array, index: number): number => list[index] ?? 0
  const words = new Uint32Array(64)
  for (let offset = 0; offset < bytes.length; offset += 64) {
    for (let i = 0; i < 16; i += 1) {
      const start = offset + i * 4
      const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(start, start + 4)
      words[i] = (a << 24) | (b << 16) | (c << 8) | d
    }
    for (let i = 16; i < 64; i += 1) {
      const w15 = at(words, i - 15)
      const w2 = at(words, i - 2)
      const s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3)
      const s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10)
      words[i] = (at(words, i - 16) + s0 + at(words, i - 7) + s1) | 0
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
    for (let i = 0; i < 64; i += 1) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
      const choice = (e & f) ^ (~e & g)
      const t1 = (h + s1 + choice + at(ROUND_CONSTANTS, i) + at(words, i)) | 0
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
      const majority = (a & b) ^ (a & c) ^ (b & c)
      const t2 = (s0 + majority) | 0
      h = g
      g = f
      f = e
      e = (d + t1) | 0
      d = c
      c = b
      b = a
      a = (t1 + t2) | 0
    }
    const sum = [a, b, c, d, e, f, g, h]
    for (let i = 0; i < 8; i += 1) state[i] = (at(state, i) + (sum[i] ?? 0)) | 0
  }
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('')
}
