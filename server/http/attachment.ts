import type { Readable } from 'node:stream'
import type { Answer } from './route.ts'

/** A file to be kept, never shown: what people wrote into their own names must not become a page of ours. */
export function attachment(name: string, content: Readable): Answer {
  const headers = {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  }
  return { status: 200, body: content, headers }
}
