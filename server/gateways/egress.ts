import { lookup } from 'node:dns/promises'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { BlockList, isIP } from 'node:net'

const timeoutMs = 5_000
const answerMaxBytes = 64 * 1024

/** Where an address that somebody else chose must not lead: into this machine or the network around it. */
const inside = { ipv4: new BlockList(), ipv6: new BlockList() }
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  inside.ipv4.addSubnet(network, bits, 'ipv4')
}
for (const [network, bits] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  inside.ipv6.addSubnet(network, bits, 'ipv6')
}

/** What leaves the house must not go there. */
export class EgressRefused extends Error {
  readonly code = 'EGRESS_REFUSED'
}

export function isInside(address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  return inside[family].check(address, family)
}

/**
 * A way out for addresses that apps registered: https only, never to an address inside, resolved once and connected to just that, no redirects,
 * five seconds, a small answer. In an evaluation, where all is on one machine, loopback is the only place there is.
 */
export function egress({ allowsLoopback }: { allowsLoopback: boolean }) {
  return async (address: string | URL | Request, options: RequestInit = {}): Promise<Response> => {
    if (address instanceof Request) throw new EgressRefused('only plain addresses are fetched')
    const url = new URL(address)
    const mayBeHere = allowsLoopback && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
    if (url.protocol !== 'https:' && !(mayBeHere && url.protocol === 'http:')) throw new EgressRefused('only https leaves the house')
    return send(url, await findOutside(url.hostname, mayBeHere), options)
  }
}

/** What a name means now, and will mean for as long as the connection lasts that is made to it. */
export async function findOutside(host: string, mayBeHere: boolean): Promise<{ address: string; family: number }> {
  const found = await lookup(host.replace(/^\[|\]$/g, ''), { all: true })
  const [first] = found
  if (!first || (!mayBeHere && found.some((one) => isInside(one.address)))) throw new EgressRefused('this address leads inside')
  return first
}

function send(url: URL, { address, family }: { address: string; family: number }, options: RequestInit): Promise<Response> {
  const body = options.body instanceof URLSearchParams ? options.body.toString() : options.body
  if (body !== undefined && body !== null && typeof body !== 'string') throw new EgressRefused('only texts are sent')
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: options.method ?? 'GET',
        headers: { ...Object.fromEntries(new Headers(options.headers)), ...(body && { 'content-length': Buffer.byteLength(body) }) },
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        // The name was looked up and judged before; what it means now does not matter any more.
        lookup: (_name, { all }, found) => (all ? found(null, [{ address, family }]) : found(null, address, family)),
      },
      (answer) => {
        const chunks: Buffer[] = []
        let length = 0
        answer.on('data', (chunk: Buffer) => {
          length += chunk.length
          if (length > answerMaxBytes) sent.destroy(new EgressRefused('the answer is too long'))
          chunks.push(chunk)
        })
        answer.on('end', () => {
          const status = answer.statusCode ?? 502
          const hasBody = ![101, 204, 205, 304].includes(status)
          resolve(
            new Response(hasBody ? Buffer.concat(chunks) : null, {
              status,
              headers: {
                'content-type': answer.headers['content-type'] ?? '',
                ...(answer.headers['retry-after'] && { 'retry-after': answer.headers['retry-after'] }),
              },
            }),
          )
        })
        answer.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(body ?? undefined)
  })
}
