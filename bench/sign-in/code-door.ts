import { connect, createServer, type Socket } from 'node:net'

// Texts go to no phone here: the server that would send one writes number and code on a line to whoever listens.

/** In the server. */
export class CodeDoor {
  readonly #listeners = new Set<Socket>()

  constructor(port: number) {
    createServer((socket) => {
      this.#listeners.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('close', () => this.#listeners.delete(socket))
    }).listen(port, '127.0.0.1')
  }

  hand(number: string, code: string): void {
    for (const socket of this.#listeners) socket.write(`${number} ${code}\n`)
  }
}

/** Where the people are: each waits for the text to their own phone. */
export class Phones {
  readonly #texts = new Map<string, string>()
  readonly #waiting = new Map<string, (code: string) => void>()

  async listen(ports: readonly number[]): Promise<void> {
    await Promise.all(ports.map((port) => this.#listenAt(port)))
  }

  code(number: string): Promise<string> {
    const text = this.#texts.get(number)
    this.#texts.delete(number)
    return text ? Promise.resolve(text) : new Promise((resolve) => this.#waiting.set(number, resolve))
  }

  async #listenAt(port: number): Promise<void> {
    const socket = connect(port, '127.0.0.1')
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    socket.unref()
    let rest = ''
    socket.on('data', (chunk) => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) this.#hear(line)
    })
  }

  #hear(line: string): void {
    const [number = '', code = ''] = line.split(' ')
    const waiting = this.#waiting.get(number)
    this.#waiting.delete(number)
    if (waiting) waiting(code)
    else this.#texts.set(number, code)
  }
}
