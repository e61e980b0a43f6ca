import { connect, type Socket } from 'node:net'

export interface Answer {
  status: number
  /** The head as it came. */
  head: string
  body: string
  /** All its bytes, head included. */
  bytes: number
}

/** One keep-alive connection, one question at a time: it reads no more of an answer than it must, so that the server is what is measured. */
export class Wire {
  readonly #port: number
  readonly #pieces: Buffer[] = []
  #socket: Socket | undefined
  #hear: ((answer: Answer) => void) | undefined
  #fail: ((error: Error) => void) | undefined

  constructor(port: number) {
    this.#port = port
  }

  async ask(head: string, body: string): Promise<Answer> {
    this.#socket ??= await this.#open()
    const socket = this.#socket
    return new Promise((resolve, reject) => {
      this.#hear = resolve
      this.#fail = reject
      socket.write(`${head}\r\n\r\n${body}`)
    })
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = undefined
  }

  async #open(): Promise<Socket> {
    const socket = connect(this.#port, '127.0.0.1')
    socket.setNoDelay(true)
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    socket.on('data', (chunk) => this.#read(chunk))
    // A server closes a connection that rested for long; the next question opens another.
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = undefined
      this.#fail?.(new Error('the server closed the connection'))
    })
    return socket
  }

  #read(chunk: Buffer): void {
    this.#pieces.push(chunk)
    const all = this.#pieces.length === 1 ? chunk : Buffer.concat(this.#pieces)
    const answer = answerIn(all)
    if (!answer) {
      this.#pieces.splice(0, this.#pieces.length, all)
      return
    }
    this.#pieces.length = 0
    const hear = this.#hear
    this.#hear = undefined
    this.#fail = undefined
    hear?.(answer)
  }
}

function answerIn(all: Buffer): Answer | undefined {
  const end = all.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = all.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  const body = length === undefined ? chunksIn(all, end + 4, head) : fixed(all, end + 4, Number(length))
  return body === undefined ? undefined : { status, head, body, bytes: all.length }
}

function fixed(all: Buffer, from: number, length: number): string | undefined {
  return all.length < from + length ? undefined : all.toString('utf8', from, from + length)
}

function chunksIn(all: Buffer, from: number, head: string): string | undefined {
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return ''
  let text = ''
  for (let at = from; ; ) {
    const line = all.indexOf('\r\n', at)
    if (line < 0) return undefined
    const size = Number.parseInt(all.toString('latin1', at, line), 16)
    if (all.length < line + 2 + size + 2) return undefined
    if (size === 0) return text
    text += all.toString('utf8', line + 2, line + 2 + size)
    at = line + 2 + size + 2
  }
}

/** A header of an answer, the first of its name. */
export function headerOf(head: string, name: string): string | undefined {
  const lines = head.split('\r\n')
  const start = `${name}:`
  return lines
    .find((line) => line.slice(0, start.length).toLowerCase() === start)
    ?.slice(start.length)
    .trim()
}
