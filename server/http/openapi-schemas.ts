import { z } from 'zod'
import { readOnlyMark } from '#contract/graph/texts.ts'
import type { Operation } from './operations.ts'

export type SchemaNames = (schema: z.ZodType) => string

/** A property's or a body's schema, as JSON Schema says it. */
export type JsonSchema = z.core.JSONSchema.BaseSchema

interface Components {
  schemas: Record<string, JsonSchema>
  nameOf: SchemaNames
}

/** Every schema of the contract that a door uses, once, under a name made from the first door that uses it. */
export function componentsOf(operations: readonly Operation[]): Components {
  const registry = z.registry<{ id: string }>()
  const names = new Map<z.ZodType, string>()
  const answers = new Set<string>()
  const taken = new Set(['error'])
  const add = (schema: z.ZodType, ...wanted: string[]): string => {
    const known = names.get(schema)
    if (known) return known
    const id = wanted.find((name) => !taken.has(name)) ?? `schema${taken.size}`
    taken.add(id)
    names.set(schema, id)
    registry.add(schema, { id })
    return id
  }
  for (const operation of operations) {
    const { schema, list } = operation.answers
    if (schema) answers.add(add(schema, answerName(operation.path, list === true), `${operation.id}Answer`))
    if (operation.body) add(operation.body, `${operation.id}Body`)
  }

  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, ...asSent })
  for (const [name, schema] of Object.entries(schemas)) {
    delete schema.$schema
    delete schema.$id
    // With $select, an answer carries only what was asked for.
    if (answers.has(name)) delete schema.required
  }
  return { schemas, nameOf: (schema) => names.get(schema) ?? fail() }
}

function fail(): never {
  throw new Error('a schema of no operation')
}

/** One schema by itself. */
export function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, asSent)
}

/** As it travels, before we read it; a property nobody may set is there to be read. */
const asSent = {
  io: 'input',
  unrepresentable: 'any',
  override({ zodSchema, jsonSchema: written }) {
    if (zodSchema._zod.def.type !== 'never') return
    delete written.not
    written.readOnly = true
    written.description = readOnlyMark
  },
} as const satisfies Parameters<typeof z.toJSONSchema>[1]

/** `/users` lists `user`, `/users/{id}/manager` answers `manager`. */
function answerName(path: string, list: boolean): string {
  const last =
    path
      .replaceAll('$', '')
      .split('/')
      .findLast((part) => /^\w+$/.test(part)) ?? 'answer'
  return list ? last.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '') : last
}
