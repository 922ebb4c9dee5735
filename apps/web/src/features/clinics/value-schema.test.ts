import { describe, expect, test } from 'vitest'
import { faultsOf, shapeOf } from './value-schema.ts'

const parties = shapeOf({
  type: 'object',
  properties: {
    submitterPhone: { type: 'string', pattern: '^\\d{10}$' },
    payerName: { type: 'string', minLength: 1, maxLength: 60 },
    usage: { type: 'string', enum: ['T', 'P'] },
  },
})

describe('the field for a choice of the clinic comes from its schema', () => {
  test('a few values become cards, whole numbers keep their limits', () => {
    expect(shapeOf({ type: 'string', enum: ['written', 'cms_minimum'] })).toEqual({
      kind: 'choice',
      values: ['written', 'cms_minimum'],
    })
    expect(shapeOf({ type: 'integer', minimum: 0, maximum: 3600 })).toEqual({
      kind: 'number',
      least: 0,
      most: 3600,
    })
  })

  test('an object becomes its parts, in order', () => {
    expect(parties).toEqual({
      kind: 'parts',
      parts: [
        { name: 'submitterPhone', shape: { kind: 'text', longest: null, digits: 10 } },
        { name: 'payerName', shape: { kind: 'text', longest: 60, digits: null } },
        { name: 'usage', shape: { kind: 'choice', values: ['T', 'P'] } },
      ],
    })
  })

  test('a schema that nobody foresaw is shown and never changed', () => {
    expect(shapeOf({ oneOf: [] })).toEqual({ kind: 'other' })
    expect(faultsOf({ kind: 'other' }, 1)).toEqual({ '': 'This page cannot change it.' })
  })
})

describe('what June enters', () => {
  test('is told before it is sent when it does not fit', () => {
    expect(faultsOf({ kind: 'number', least: 20, most: 600 }, 10)).toEqual({ '': 'At least 20.' })
    expect(faultsOf({ kind: 'number', least: 20, most: 600 }, '')).toEqual({
      '': 'A whole number is needed.',
    })
    expect(faultsOf(parties, { submitterPhone: '212-555', payerName: '', usage: 'T' })).toEqual({
      submitterPhone: '10 digits, without signs between them.',
      payerName: 'Fill this in.',
    })
  })

  test('passes when it fits, and a choice without any value yet asks for all parts', () => {
    expect(faultsOf(parties, { submitterPhone: '2125550100', payerName: 'NGS', usage: 'P' })).toEqual({})
    expect(Object.keys(faultsOf(parties, null))).toEqual(['submitterPhone', 'payerName', 'usage'])
  })

  test('a list of objects becomes rows, and a fault says in which one it is', () => {
    const shape = shapeOf({
      type: 'array',
      maxItems: 50,
      items: {
        type: 'object',
        properties: { payerId: { type: 'string', maxLength: 15 }, cents: { type: 'integer', minimum: 0 } },
      },
    })
    expect(shape).toMatchObject({ kind: 'rows', most: 50, parts: [{ name: 'payerId' }, { name: 'cents' }] })
    expect(faultsOf(shape, [])).toEqual({})
    expect(faultsOf(shape, [{ payerId: '13202', cents: 5 }, { payerId: ' ' }])).toEqual({
      '1.payerId': 'Fill this in.',
      '1.cents': 'A whole number is needed.',
    })
  })
})
