/** Names in plain words what a text is that is not X12. */
export function describeFound(text: string): string {
  const start = text.replace(/^[\uFEFF\s]+/, '')
  if (start === '') return 'empty'
  if (start.startsWith('%PDF')) return 'a PDF document'
  if (start.startsWith('PK\u0003\u0004')) return 'a ZIP archive'
  if (start.startsWith('\u001f')) return 'a compressed (gzip) file'
  if (start.includes('\u0000')) return 'binary data or text in UTF-16'
  if (start.startsWith('{\\rtf')) return 'an RTF document'
  if (/^<(?:!doctype html|html)/i.test(start)) return 'an HTML page'
  if (start.startsWith('<')) return 'an XML document'
  if (start.startsWith('{') || start.startsWith('[')) return 'a JSON document'
  if (/^(?:MSH|FHS|BHS)[^A-Za-z0-9]/.test(start)) return 'an HL7 version 2 message'
  if (/^UN[AB]/.test(start)) return 'an EDIFACT message'
  if (/^(?:GS|ST|BHT|NM1|CLP|BPR)[^A-Za-z0-9\s]/.test(start)) return 'a piece of X12 without its ISA envelope'
  if (/^ISA/.test(start)) return 'an ISA segment that is damaged'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\u0000-\u0008\u000e-\u001f]/.test(start)) return 'binary data'
  if (/^[^\n]{0,200},/.test(start)) return 'a text that looks like CSV'
  return 'another kind of text'
}
