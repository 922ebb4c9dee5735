import { allEndpoints, problems } from '@keepwell/contract'
import { z } from 'zod'

/** The API's description in OpenAPI 3.1, made from the contract and from nothing else. */
export function openApi(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { name, spec } of allEndpoints()) {
    const path = `/api${spec.path.replace(/:(\w+)/g, '{$1}')}`
    const parameters = [...parametersOf('path', spec.params), ...parametersOf('query', spec.query)]
    const entry: Record<string, unknown> = {
      operationId: name,
      summary: spec.summary,
      tags: [name.split('.')[0]],
      'x-permission': spec.permission,
      'x-audit': spec.audit,
      'x-phi': spec.phi,
      ...(parameters.length > 0 ? { parameters } : {}),
      ...(spec.body
        ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(spec.body) } } } }
        : {}),
      ...(spec.upload
        ? {
            requestBody: {
              required: true,
              content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
            },
          }
        : {}),
      responses: {
        200: {
          description: 'Done',
          content:
            spec.output === 'file'
              ? { 'application/octet-stream': {} }
              : { 'application/json': { schema: schemaOf(spec.output) } },
        },
        ...Object.fromEntries(
          spec.errors.map((code) => [String(problems[code].status), { description: problems[code].title }]),
        ),
      },
    }
    paths[path] = { ...paths[path], [spec.method.toLowerCase()]: entry }
  }
  return { openapi: '3.1.0', info: { title: 'Keepwell', version: '0.1.0', license: { name: 'Apache-2.0' } }, paths }
}

function schemaOf(schema: z.core.$ZodType): unknown {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
}

function parametersOf(place: 'path' | 'query', schema: z.core.$ZodType | undefined): unknown[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = schemaOf(schema) as {
    properties?: Record<string, unknown>
    required?: string[]
  }
  return Object.entries(properties).map(([name, of]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: of,
  }))
}
