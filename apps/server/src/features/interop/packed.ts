import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

// Resources are small and many: the quickest level costs half of what gzip does and packs nearly as well.
const quickest = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 0, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
}

/** A resource's JSON as it is kept: Brotli (RFC 7932). */
export function packed(json: string): Buffer {
  return brotliCompressSync(json, quickest)
}

export function unpacked(body: Buffer): string {
  return brotliDecompressSync(body).toString('utf8')
}
