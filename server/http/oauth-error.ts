import type { FastifyRequest } from 'fastify'

/** What an app is told at the addresses of the protocol (RFC 6749 §5.2), with Microsoft's number for it. */
export interface OauthError {
  error: string
  description: string
  number: number
}

/** The names by which a failed request is found again: ours, and the one the app gave it. */
export interface Traced {
  requestId: string
  correlationId: string
}

/** An error in the shape Microsoft's own answers have, so that what apps do with them works here. */
export function oauthErrorBody({ error, description, number }: OauthError, { requestId, correlationId }: Traced, now: Date) {
  const time = `${now.toISOString().slice(0, 19).replace('T', ' ')}Z`
  return {
    error,
    error_description: `SESAM${number}: ${description} Trace ID: ${requestId} Correlation ID: ${correlationId} Timestamp: ${time}`,
    error_codes: [number],
    timestamp: time,
    trace_id: requestId,
    correlation_id: correlationId,
  }
}

export function tracesOf(given: string | undefined, requestId: string): Traced {
  return { requestId, correlationId: given && /^[\w-]{1,64}$/.test(given) ? given : requestId }
}

/** Somebody looks at the answer: a browser that follows a link or sends a form says that it takes pages. */
export function takesPages({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return /\btext\/html\b/i.test(headers.accept ?? '')
}
