import { Document, Image, Page, renderToBuffer, StyleSheet, Text, View } from '@react-pdf/renderer'
import { createElement, type ReactElement, type ReactNode } from 'react'

/** The look of everything that is printed: made for paper, black on white, one column. Sizes follow the paper's text size. */
const styles = StyleSheet.create({
  page: {
    paddingTop: 48,
    paddingBottom: 60,
    paddingHorizontal: 54,
    fontSize: 10.5,
    fontFamily: 'Helvetica',
    lineHeight: 1.45,
    color: '#111',
  },
  head: { borderBottomWidth: 1, borderBottomColor: '#111', paddingBottom: 8, marginBottom: 14 },
  title: { fontSize: '1.52rem', fontFamily: 'Helvetica-Bold', marginBottom: 4 },
  subtitle: { fontSize: '0.95rem', color: '#444' },
  heading: { fontSize: '1.1rem', fontFamily: 'Helvetica-Bold', marginTop: 12, marginBottom: 4 },
  paragraph: { marginBottom: 6 },
  row: { flexDirection: 'row', borderBottomWidth: 0.5, borderBottomColor: '#bbb', paddingVertical: 3 },
  cell: { flex: 1, paddingRight: 8 },
  strong: { fontFamily: 'Helvetica-Bold' },
  footer: {
    position: 'absolute',
    bottom: 28,
    left: 54,
    right: 54,
    fontSize: 8,
    color: '#555',
    flexDirection: 'row',
    justifyContent: 'space-between',
  },
  signature: { height: 60, objectFit: 'contain', objectPositionX: 0, marginTop: 8 },
})

export const heading = (text: string): ReactElement =>
  createElement(Text, { style: styles.heading, minPresenceAhead: 40 }, text)
export const paragraph = (text: string): ReactElement => createElement(Text, { style: styles.paragraph }, text)
export const list = (items: readonly string[]): ReactElement =>
  createElement(
    View,
    {},
    ...items.map((item, index) => createElement(Text, { key: index, style: styles.paragraph }, `•  ${item}`)),
  )

/** A table of texts; the first row is its head. */
export function table(rows: readonly (readonly string[])[]): ReactElement {
  return createElement(
    View,
    { style: { marginBottom: 6 } },
    ...rows.map((cells, index) =>
      createElement(
        View,
        { key: index, style: styles.row, wrap: false },
        ...cells.map((cell, column) =>
          createElement(Text, { key: column, style: index === 0 ? [styles.cell, styles.strong] : styles.cell }, cell),
        ),
      ),
    ),
  )
}

/** A PNG or JPEG picture, such as a drawn signature. */
export function picture(bytes: Uint8Array, format: 'png' | 'jpg'): ReactElement {
  return createElement(Image, { style: styles.signature, src: { data: Buffer.from(bytes), format } })
}

/** Renders a paper to PDF; `textPoints` is 10.5, or 18 for large print. Nothing is fetched: texts and pictures are what it was given. */
export async function printPaper(
  paper: { title: string; subtitle: string; footer: string; language: string; author: string; textPoints?: number },
  ...body: ReactNode[]
): Promise<Uint8Array> {
  const page = createElement(
    Page,
    { size: 'LETTER', style: [styles.page, { fontSize: paper.textPoints ?? 10.5 }] },
    createElement(
      View,
      { style: styles.head },
      createElement(Text, { style: styles.title }, paper.title),
      createElement(Text, { style: styles.subtitle }, paper.subtitle),
    ),
    ...body,
    createElement(
      View,
      { style: styles.footer, fixed: true },
      createElement(Text, {}, paper.footer),
      createElement(Text, {
        render: ({ pageNumber, totalPages }: { pageNumber: number; totalPages: number }) =>
          `${pageNumber} / ${totalPages}`,
      }),
    ),
  )
  return renderToBuffer(
    createElement(Document, { title: paper.title, author: paper.author, language: paper.language }, page) as never,
  )
}
