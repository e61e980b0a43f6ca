import type { FastifyReply, FastifyRequest } from 'fastify'

/** Our own values are base64url; anything that would need escaping in a cookie (RFC 6265 §4.1.1) is a mistake of ours. */
const plainValue = /^[\w.~-]*$/

export interface CookieOptions {
  /** Gone with the browser's session when absent. */
  maxAgeSeconds?: number | undefined
  /** Everywhere when absent. A cookie for one path only is read and removed with that same path. */
  path?: string | undefined
}

export function readCookie(request: Pick<FastifyRequest, 'headers'>, name: string, path = '/'): string | undefined {
  const full = fullName(name, path)
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const end = pair.indexOf('=')
    if (end >= 0 && pair.slice(0, end).trim() === full) return pair.slice(end + 1).trim()
  }
  return undefined
}

/** Scripts never see it, other sites' forms never send it. On localhost browsers keep `Secure` cookies over plain http as well. */
export function setCookie(reply: FastifyReply, name: string, value: string, { maxAgeSeconds, path = '/' }: CookieOptions = {}): void {
  if (!plainValue.test(value)) throw new Error(`the value of the cookie ${name} would need escaping`)
  const parts = [`${fullName(name, path)}=${value}`, `Path=${path}`, 'Secure', 'HttpOnly', 'SameSite=Lax']
  if (maxAgeSeconds !== undefined) parts.push(`Max-Age=${Math.max(0, Math.floor(maxAgeSeconds))}`)
  // Fastify adds another line for each of these instead of replacing the one before.
  reply.header('set-cookie', parts.join('; '))
}

export function removeCookie(reply: FastifyReply, name: string, path = '/'): void {
  setCookie(reply, name, '', { maxAgeSeconds: 0, path })
}

/** A neighbour on another host of our domain, or anybody in plain http, cannot plant a cookie under these names (RFC 6265bis §4.1.3). */
function fullName(name: string, path: string): string {
  return `${path === '/' ? '__Host-' : '__Secure-'}${name}`
}
