import { z } from 'zod'
import type { Queryable } from './queryable.ts'
import { line, readOnly, requiredLine } from './texts.ts'

/** Ways a message leaves the house, each by a provider. */
export const channels = ['sms', 'voice', 'mail'] as const

export type Channel = (typeof channels)[number]

const textMax = 2_048
const templateMax = 8_192
const secretMax = 2_048
const headersMax = 20
const perSecondMax = 1_000

const trimmed = (max: number) => line(max).transform((text) => text.trim())
const secret = requiredLine(secretMax).nullable()
const perSecond = z
  .number({ message: 'a number' })
  .min(1, { message: 'at least 1' })
  .max(perSecondMax, { message: `at most ${perSecondMax}` })

/** Where what is sent by comes from. */
export const gatewaySources = ['organization', 'installation', 'inbox', 'none'] as const

const whence = {
  id: z.enum(channels),
  source: z.enum(gatewaySources),
  changedDateTime: z.string().nullable(),
  workedFirstDateTime: z.string().nullable(),
  workedDateTime: z.string().nullable(),
  failedDateTime: z.string().nullable(),
  failure: z.string().nullable(),
  advice: z.string().nullable(),
}

const httpWritten = {
  url: z.string(),
  method: z.enum(['POST', 'PUT', 'GET']),
  contentType: z.enum(['json', 'form']),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  from: z.string(),
  perSecond: z.number(),
  authentication: z.enum(['none', 'bearer', 'basic']),
  userName: z.string(),
  dialsExtensions: z.boolean(),
}

const mailWritten = {
  host: z.string(),
  port: z.int(),
  security: z.enum(['startTls', 'tls']),
  from: z.string(),
  userName: z.string(),
}

/** What an organisation's texts or calls leave by; a secret is never in it, only since when there is one. */
export const httpGateway = z.object({
  ...whence,
  settings: z
    .object({
      ...httpWritten,
      credentialSetDateTime: z.string().nullable(),
      signingSecretSetDateTime: z.string().nullable(),
    })
    .nullable(),
})

export const mailGateway = z.object({
  ...whence,
  settings: z.object({ ...mailWritten, credentialSetDateTime: z.string().nullable() }).nullable(),
})

export type HttpGatewayBody = z.infer<typeof httpGateway>
export type MailGatewayBody = z.infer<typeof mailGateway>

export const httpGatewayChanges = z
  .strictObject({
    id: readOnly,
    url: trimmed(textMax),
    method: z.enum(['POST', 'PUT', 'GET'], { message: 'POST, PUT or GET' }),
    contentType: z.enum(['json', 'form'], { message: 'json or form' }),
    headers: z
      .record(z.string().regex(/^[A-Za-z0-9-]{1,64}$/, { message: 'the name of a header' }), line(textMax))
      .refine((headers) => Object.keys(headers).length <= headersMax, { message: `at most ${headersMax} headers` }),
    body: z.string().max(templateMax, { message: `at most ${templateMax} characters` }),
    from: trimmed(64),
    perSecond,
    authentication: z.enum(['none', 'bearer', 'basic'], { message: 'none, bearer or basic' }),
    userName: trimmed(256),
    dialsExtensions: z.boolean(),
    credential: secret,
    signingSecret: secret,
  })
  .partial()

export const mailGatewayChanges = z
  .strictObject({
    id: readOnly,
    host: trimmed(253),
    port: z.int({ message: 'a whole number' }).min(1, { message: 'at least 1' }).max(65_535, { message: 'at most 65535' }),
    security: z.enum(['startTls', 'tls'], { message: 'startTls or tls' }),
    from: trimmed(254),
    userName: trimmed(256),
    credential: secret,
  })
  .partial()

export type HttpGatewayChanges = z.infer<typeof httpGatewayChanges>
export type MailGatewayChanges = z.infer<typeof mailGatewayChanges>

export const gatewayAsked: Queryable = {
  properties: {},
  selectable: [...Object.keys(whence), 'settings'],
  topMax: 1,
  topDefault: 1,
}

/** What came of a message to the administrator who asked for it. */
export const gatewayTest = z.object({
  outcome: z.enum(['sent', 'failed', 'refused']),
  receiver: z.string(),
  reason: z.string().nullable(),
  message: z.string(),
  advice: z.string().nullable(),
})

export type GatewayTestBody = z.infer<typeof gatewayTest>
