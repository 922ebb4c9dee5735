import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

// Resources are small and many: the quickest level costs half of what gzip does and packs nearly as well. For the small
// ones the room that is laid out costs more than the packing, so they get no more than they can fill.
const params = { [constants.BROTLI_PARAM_QUALITY]: 0, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT }
const quickest = { params }
const smallest = { params: { ...params, [constants.BROTLI_PARAM_LGWIN]: 12 }, chunkSize: 2048 }
const smallLength = 4000

/** A resource's JSON as it is kept: Brotli (RFC 7932). */
export function packed(json: string): Buffer {
  return brotliCompressSync(json, json.length <= smallLength ? smallest : quickest)
}

export function unpacked(body: Buffer): string {
  return brotliDecompressSync(body).toString('utf8')
}
