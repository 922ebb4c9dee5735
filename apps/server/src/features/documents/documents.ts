import { accept, type Decision, refuse } from '../../kernel/problem.ts'

const signatures: { mediaType: string; extensions: string[]; fits(bytes: Uint8Array): boolean }[] = [
  { mediaType: 'application/pdf', extensions: ['pdf'], fits: (b) => startsWith(b, [0x25, 0x50, 0x44, 0x46, 0x2d]) },
  {
    mediaType: 'image/png',
    extensions: ['png'],
    fits: (b) => startsWith(b, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  },
  { mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'], fits: (b) => startsWith(b, [0xff, 0xd8, 0xff]) },
]

function startsWith(bytes: Uint8Array, head: number[]): boolean {
  return head.every((value, index) => bytes[index] === value)
}

/** What a scan is, told by its first bytes; refused when its name says something else. */
export function decideScan(name: string, bytes: Uint8Array): Decision<{ mediaType: string; name: string }> {
  if (bytes.length === 0) return refuse('unreadable_file', 'The file is empty. Scan it again; nothing was stored.')
  const kind = signatures.find((signature) => signature.fits(bytes))
  if (kind === undefined) {
    return refuse(
      'file_type_mismatch',
      `“${cleanName(name)}” is neither a PDF nor a PNG or JPEG picture. Scan the paper as one of these; nothing was stored.`,
    )
  }
  const extension = name.split('.').pop()?.toLowerCase() ?? ''
  if (!kind.extensions.includes(extension)) {
    return refuse(
      'file_type_mismatch',
      `“${cleanName(name)}” is in truth ${kind.mediaType}. Save it under its right name and upload it again; nothing was stored.`,
    )
  }
  return accept({ mediaType: kind.mediaType, name: cleanName(name) })
}

/** A name for people to read; it never becomes a path. */
export function cleanName(name: string): string {
  const last = name.split(/[\\/]/).pop() ?? ''
  const printable = [...last].filter((letter) => letter >= ' ' && letter !== '\u007f').join('')
  return printable.slice(0, 120) || 'document'
}
