import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'

interface Behaviour {
  /** With it, STARTTLS is offered; the certificate and key in PEM. */
  proof?: { certificate: string; key: string }
  /** What is said instead of yes to a command, by its first word; the first of the list each time it comes. */
  refusals?: Record<string, string[]>
}

export interface TakenMail {
  isTls: boolean
  user: string
  from: string
  to: string
  data: string
}

/** One connection of somebody who brings mail: as much of RFC 5321, with STARTTLS and AUTH PLAIN, as they can see. */
class Talk {
  readonly #socket: Socket
  readonly #behaviour: Behaviour
  readonly #heard: string[]
  readonly #taken: TakenMail[]
  #mail: TakenMail
  #buffer = ''
  #isData = false

  constructor(socket: Socket, behaviour: Behaviour, heard: string[], taken: TakenMail[]) {
    this.#socket = socket
    this.#behaviour = behaviour
    this.#heard = heard
    this.#taken = taken
    this.#mail = { isTls: socket instanceof TLSSocket, user: '', from: '', to: '', data: '' }
    socket.on('error', () => {})
    socket.on('data', (piece) => this.#hear(String(piece)))
  }

  #hear(piece: string): void {
    this.#buffer += piece
    for (let end = this.#buffer.indexOf('\r\n'); end >= 0; end = this.#buffer.indexOf('\r\n')) {
      const line = this.#buffer.slice(0, end)
      this.#buffer = this.#buffer.slice(end + 2)
      if (!this.#isData) this.#obey(line)
      else if (line === '.') this.#finish()
      else this.#mail.data += `${line}\r\n`
    }
  }

  #obey(line: string): void {
    this.#heard.push(line)
    const verb = line.split(/[ :]/)[0]?.toUpperCase() ?? ''
    const { proof, refusals } = this.#behaviour
    const refusal = refusals?.[verb]?.shift()
    if (verb === 'STARTTLS' && proof && !refusal) this.#encrypt(proof)
    else this.#say(refusal ?? this.#do(verb, line))
  }

  #do(verb: string, line: string): string {
    const says: Readonly<Record<string, string>> = {
      EHLO: `250-pretend\r\n${this.#behaviour.proof && !this.#mail.isTls ? '250-STARTTLS\r\n' : ''}250 AUTH PLAIN`,
      STARTTLS: '502 not here',
      AUTH: '235 welcome',
      DATA: '354 go on',
    }
    if (verb === 'AUTH')
      this.#mail.user = Buffer.from(line.split(' ')[2] ?? '', 'base64')
        .toString()
        .replaceAll('\0', ' ')
        .trim()
    if (verb === 'MAIL') this.#mail.from = line
    if (verb === 'RCPT') this.#mail.to += line
    this.#isData = verb === 'DATA'
    return says[verb] ?? '250 fine'
  }

  #encrypt({ certificate, key }: { certificate: string; key: string }): void {
    this.#say('220 go on')
    this.#socket.removeAllListeners('data')
    const secureContext = createSecureContext({ cert: certificate, key })
    new Talk(new TLSSocket(this.#socket, { isServer: true, secureContext }), this.#behaviour, this.#heard, this.#taken)
  }

  #finish(): void {
    const refusal = this.#behaviour.refusals?.['.']?.shift()
    if (!refusal) this.#taken.push({ ...this.#mail })
    this.#mail = { ...this.#mail, from: '', to: '', data: '' }
    this.#isData = false
    this.#say(refusal ?? '250 taken')
  }

  #say(line: string): void {
    this.#socket.write(`${line}\r\n`)
  }
}

/** A mail server that keeps what it took, for a test to read. */
export async function pretendMailServer(behaviour: Behaviour = {}) {
  const taken: TakenMail[] = []
  const heard: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    new Talk(socket, behaviour, heard, taken)
    socket.write('220 pretend\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    taken,
    heard,
    // A server that listens to TCP has an address of this kind.
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
