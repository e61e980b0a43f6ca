import { type Server, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { everyAnswer } from './headers.ts'

const statuses: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

/** Answers what never became a request: bytes that are no HTTP, headers without end, or nothing for too long. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const status = statuses[error.code ?? ''] ?? 400
  const headers = Object.entries({ ...everyAnswer, 'content-length': '0', connection: 'close' })
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers.map(([name, value]) => `${name}: ${value}`)]
  if (socket.writable) socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  socket.destroy(error)
}

/** Nobody can expect anything of us but `100-continue`, which Node answers before it asks. */
export function refuseExpectations(server: Server): void {
  server.on('checkExpectation', (_request, response) => response.writeHead(417, { ...everyAnswer, 'content-length': '0' }).end())
}
