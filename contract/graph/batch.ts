import { z } from 'zod'
import { line, requiredLine } from './texts.ts'

export const batchRequestsMax = 20

const requestId = requiredLine(100)

const batchRequest = z.strictObject({
  id: requestId,
  method: z
    .string()
    .transform((method) => method.toUpperCase())
    .pipe(z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], { message: 'GET, POST, PUT, PATCH or DELETE' })),
  url: requiredLine(8_192),
  // A token that opens much is longer than any other header.
  headers: z.record(z.string(), line(8_192)).optional(),
  body: z.unknown().optional(),
  dependsOn: z
    .array(requestId)
    .max(batchRequestsMax, { message: `at most ${batchRequestsMax} ids` })
    .optional(),
})

/** Requests that travel together; each is let in, carried out and answered by itself. */
export const batch = z.strictObject({
  requests: z
    .array(batchRequest)
    .min(1, { message: 'at least one request' })
    .max(batchRequestsMax, { message: `at most ${batchRequestsMax} requests` }),
})

export type BatchRequest = z.infer<typeof batchRequest>

/** A body that is no JSON comes as base64. */
export const batchAnswers = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.int(),
      headers: z.record(z.string(), z.string()),
      body: z.unknown().optional(),
    }),
  ),
})
