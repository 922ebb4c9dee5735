/** `Spanish` from 'es' or 'es-MX'; null when not known, the tag itself when it is no language. */
export function languageText(tag: string | null): string | null {
  if (tag === null) return null
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag.split('-')[0] ?? tag) ?? tag
  } catch {
    return tag
  }
}
