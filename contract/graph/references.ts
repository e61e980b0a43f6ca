import { z } from 'zod'
import { line } from './texts.ts'

/** `{ "@odata.id": "https://host/v1.0/directoryObjects/{id}" }`, as `$ref` doors take it. */
export const reference = z.strictObject({ '@odata.id': line(2_048) })

export type ReferenceBody = z.infer<typeof reference>

/** `members@odata.bind`: the addresses of several objects at once. */
export function bound(max: number) {
  return z
    .array(line(2_048))
    .min(1, { message: 'at least one address' })
    .max(max, { message: `at most ${max} addresses` })
}
