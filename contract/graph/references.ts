import { z } from 'zod'
import { line } from './texts.ts'

/** `{ "@odata.id": "https://host/v1.0/directoryObjects/{id}" }`, as `$ref` doors take it. */
export const reference = z.strictObject({ '@odata.id': line(2_048) })

export type ReferenceBody = z.infer<typeof reference>
