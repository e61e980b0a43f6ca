import type { FastifyReply } from 'fastify'

/** What every answer carries; pages and assets replace the two that forbid too much for them. */
export const everyAnswer = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), usb=(), payment=(), otp-credentials=(self), publickey-credentials-get=(self), publickey-credentials-create=(self)',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
} as const

export function protect(reply: FastifyReply): void {
  reply.headers(everyAnswer)
}

interface PageAllows {
  /** The page carries one script of ours, marked with the nonce. */
  script: boolean
  /** The script may ask this server for more. */
  fetches: boolean
  /** Where its forms may lead beside this server: browsers also hold the redirect behind a form to this. */
  formTargets: readonly string[]
}

/** A page made on the server: styles and its script only with this answer's nonce, and nobody may frame it. */
export function pagePolicy(nonce: string, { script, fetches, formTargets }: PageAllows): string {
  const targets = formTargets.map((target) => ` ${formTarget(target)}`).join('')
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    "img-src 'self' data:",
    `form-action 'self'${targets}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    ...(fetches ? ["connect-src 'self'"] : []),
    ...(script ? [`script-src 'nonce-${nonce}'`, "require-trusted-types-for 'script'"] : []),
  ].join('; ')
}

/**
 * The page of a web app: its scripts come from here alone and ask nobody else, and no text becomes HTML. Its stylesheets are files, and what
 * React Aria adds to the page carries the nonce.
 */
export function webAppPolicy(nonce: string, { framesOwnDrafts = false } = {}): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    // What an app made itself and shows in a frame that runs nothing; it is held to this very policy.
    ...(framesOwnDrafts ? ['frame-src blob:'] : []),
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

/**
 * What a redirect address is called in a policy: its origin, or its scheme where there is no origin a policy could name (an app's own
 * scheme, an IPv6 address). Built from the parsed address, so that no address can write a directive of its own.
 */
function formTarget(address: string): string {
  const { protocol, host, hostname } = new URL(address)
  const isWeb = protocol === 'https:' || protocol === 'http:'
  return isWeb && /^[a-z0-9.-]+$/.test(hostname) ? `${protocol}//${host}` : protocol
}
