import { describe, expect, test } from 'vitest'
import { answers, brochures, scripts, type TextLanguage } from './outreach-texts.ts'

/** Vowel groups, less a silent e: the usual count for English. */
function syllablesEn(word: string): number {
  const plain = word.toLowerCase().replace(/[^a-z]/g, '')
  if (plain.length <= 3) return 1
  const groups = plain
    .replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '')
    .replace(/^y/, '')
    .match(/[aeiouy]{1,2}/g)
  return Math.max(1, groups?.length ?? 1)
}

/** One syllable for each vowel or diphthong; an accent on i or u parts them. */
function syllablesEs(word: string): number {
  const plain = word
    .toLowerCase()
    .replace(/[^a-záéíóúüñ]/g, '')
    .replace(/qu|gu(?=[eiéí])/g, 'k')
  return Math.max(1, plain.match(/[iuü]?[aeoáéó][iuy]?(?![aeoáéíóú])|[iuü]?[aeoáéó]|[íúiuüy]/g)?.length ?? 1)
}

function measured(text: string, syllables: (word: string) => number) {
  const sentences = text.split(/[.!?:]+/).filter((part) => /\p{L}/u.test(part)).length
  const words = text.match(/\p{L}[\p{L}'’-]*/gu) ?? []
  return {
    perSentence: words.length / sentences,
    perWord: words.reduce((sum, word) => sum + syllables(word), 0) / words.length,
  }
}

/** Flesch-Kincaid grade. */
function gradeEn(text: string): number {
  const { perSentence, perWord } = measured(text, syllablesEn)
  return 0.39 * perSentence + 11.8 * perWord - 15.59
}

/** Fernández Huerta's ease for Spanish: 70 and above is what a sixth-grader reads. */
function easeEs(text: string): number {
  const { perSentence, perWord } = measured(text, syllablesEs)
  return 206.84 - 60 * perWord - 1.02 * perSentence
}

const texts = (language: TextLanguage): [string, string][] => [
  ...scripts.map((script): [string, string] => [`script ${script.id}`, script.lines[language].join(' ')]),
  ['answers', answers.map((one) => one.answer[language]).join(' ')],
  [
    'brochure',
    [
      brochures[language].lead,
      ...brochures[language].parts.flatMap((part) => part.lines),
      brochures[language].close('Riverside', ''),
    ].join(' '),
  ],
]

describe('a patient who left school after sixth grade understands', () => {
  test.each(texts('en'))('%s in English', (_name, text) => {
    expect(gradeEn(text)).toBeLessThanOrEqual(6)
  })
  test.each(texts('es'))('%s in Spanish', (_name, text) => {
    expect(easeEs(text)).toBeGreaterThanOrEqual(70)
  })
})

test('the measure itself tells hard from easy', () => {
  expect(
    gradeEn(
      'The multidisciplinary interventions demonstrate substantial improvements regarding longitudinal cardiovascular outcomes.',
    ),
  ).toBeGreaterThan(15)
  expect(gradeEn('We call you. You tell us how you feel.')).toBeLessThan(2)
  expect(
    easeEs(
      'La intervención multidisciplinaria demuestra mejoras sustanciales en resultados cardiovasculares longitudinales.',
    ),
  ).toBeLessThan(30)
  expect(easeEs('Le llamamos. Usted nos dice cómo está.')).toBeGreaterThan(80)
})

test('every text has both languages and a version', () => {
  for (const script of scripts) {
    expect(script.version).toMatch(/^\d{4}\.\d+$/)
    expect(script.lines.es.length).toBe(script.lines.en.length)
  }
  expect(new Set(scripts.map((script) => script.id)).size).toBe(scripts.length)
})
