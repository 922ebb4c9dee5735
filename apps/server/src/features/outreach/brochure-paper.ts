import { heading, list, paragraph, printPaper } from '../../print/paper.ts'
import { brochures, type TextLanguage } from './outreach-texts.ts'

/** The brochure as it is handed over: in large print at 18 points. */
export function printBrochure(
  clinic: { name: string; phone: string },
  language: TextLanguage,
  large: boolean,
): Promise<Uint8Array> {
  const text = brochures[language]
  return printPaper(
    {
      title: text.title,
      subtitle: clinic.name,
      footer: `${text.version} (${language})`,
      language,
      author: clinic.name,
      textPoints: large ? 18 : 12.5,
    },
    paragraph(text.lead),
    ...text.parts.flatMap((part) => [heading(part.heading), list(part.lines)]),
    paragraph(text.close(clinic.name, clinic.phone)),
  )
}
