import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import { readyPath } from './seat.ts'

/** One answer of a server made by hand. */
export interface Reply {
  status?: number
  location?: string
  cookies?: string[]
  html?: string
  json?: object
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<Reply | undefined>

/** Node's bare HTTP server; a handler that answered by itself says nothing. */
export function serveByHand(port: number, handle: Handle): void {
  createServer((request, response) => {
    if (request.url === readyPath) {
      response.end()
      return
    }
    handle(request, response)
      .then((reply) => reply && send(response, reply))
      .catch((error) => response.writeHead(500).end(error instanceof Error ? error.stack : String(error)))
  }).listen(port, '127.0.0.1')
}

function send(response: ServerResponse, { status, location, cookies, html, json }: Reply): void {
  const body = html ?? (json ? JSON.stringify(json) : '')
  const headers: OutgoingHttpHeaders = {
    'content-type': json ? 'application/json' : 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...(location && { location }),
    ...(cookies && { 'set-cookie': cookies }),
  }
  response.writeHead(status ?? (location ? 303 : 200), headers).end(body)
}

export async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) text += chunk
  return new URLSearchParams(text)
}

export function cookieOf(request: IncomingMessage, name: string): string {
  const pair = (request.headers.cookie ?? '').split('; ').find((one) => one.startsWith(`${name}=`))
  return pair?.slice(name.length + 1) ?? ''
}

/** The plainest page with one field. */
export function page(field: string, token: string): string {
  return `<!doctype html><title>Sign in</title><form method="post"><input type="hidden" name="t" value="${token}"><input name="${field}"><button name="do" value="next">Next</button></form>`
}
