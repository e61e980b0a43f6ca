import type { z } from 'zod'
import { readOnlyMark } from '#contract/graph/texts.ts'
import { refuse } from '#server/domain/refusal.ts'

/** The body as its schema knows it; otherwise the first thing wrong with it, by name, and nothing is changed. */
export function readBody<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  if (body === undefined || body === null) refuse('body_missing')
  const issue = result.error.issues[0]
  if (!issue) refuse('body_missing')
  const property = [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])].join('/').slice(0, 200)
  if (issue.code === 'unrecognized_keys') refuse('property_unknown', { property })
  if (issue.message === readOnlyMark) refuse('property_read_only', { property })
  if (isAbsent(body, issue.path)) refuse('property_required', { property })
  refuse('property_invalid', { property, expected: issue.message })
}

function isAbsent(body: unknown, path: readonly PropertyKey[]): boolean {
  let at = body
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return false
    if (!Object.hasOwn(at, step)) return true
    at = Reflect.get(at, step)
  }
  return false
}
