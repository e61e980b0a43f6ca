import { createHash, randomBytes } from 'node:crypto'
import { Browser } from './browser.ts'
import { Phones } from './code-door.ts'
import { numberOf } from './people.ts'
import { Wire } from './wire.ts'

/** How one contender is asked. All take a number and then a code; those of `app` also give tokens to an app. */
export interface Way {
  kind: 'app' | 'codes'
  /** Of the authorization endpoint, or where a code is asked for. */
  start: string
  /** Of the token endpoint, or where a code is answered. */
  end: string
  clientId: string
  /** Its name for the field of the number, where there is no page to ask it on. */
  numberField: string
}

export interface Order {
  way: Way
  ports: readonly number[]
  codePorts: readonly number[]
  /** What the servers are called, whichever of them is asked. */
  host: string
  people: number
  /** Numbers from here on, so that one measurement does not begin where the one before ended. */
  from: number
  inFlight: number
  seconds: number
  /** So many begin a second whether or not the server keeps up; without it, each begins when another has ended. */
  perSecond?: number
}

export interface Measured {
  flows: number
  perSecond: number
  /** Milliseconds of a whole sign-in, from the moment it should have begun, and of each of its requests. */
  flow: { p50: number; p99: number }
  request: { p50: number; p99: number }
  requestsPerFlow: number
  bytesPerFlow: number
  firstPageBytes: number
  failed: number
  failure: string
}

const redirectUri = 'https://app.example/callback'
const scope = 'openid profile offline_access User.Read'
const codeWaitMaxMs = 5_000
/** Between the code and the app: back to the protocol, and perhaps a question whether to stay signed in. */
const stepsMax = 3

class Load {
  readonly #order: Order
  readonly #phones = new Phones()
  readonly #flows: number[] = []
  readonly #requests: number[] = []
  #begun = 0
  #bytes = 0
  #firstPageBytes = 0
  #failed = 0
  #failure = ''

  constructor(order: Order) {
    this.#order = order
  }

  async run(): Promise<Measured> {
    const { codePorts, inFlight, seconds } = this.#order
    await this.#phones.listen(codePorts)
    const began = performance.now()
    await Promise.all(Array.from({ length: inFlight }, () => this.#signInUntil(began, began + seconds * 1000)))
    const elapsed = (performance.now() - began) / 1000
    const flows = this.#flows.length
    return {
      flows,
      perSecond: flows / elapsed,
      flow: percentiles(this.#flows),
      request: percentiles(this.#requests),
      requestsPerFlow: this.#requests.length / flows,
      bytesPerFlow: this.#bytes / flows,
      firstPageBytes: this.#firstPageBytes,
      failed: this.#failed,
      failure: this.#failure,
    }
  }

  async #signInUntil(began: number, until: number): Promise<void> {
    const { ports, perSecond } = this.#order
    const wires = ports.map((port) => new Wire(port))
    for (;;) {
      const index = this.#begun++
      const due = perSecond ? began + (index * 1000) / perSecond : performance.now()
      if (due >= until || performance.now() >= until) break
      if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()))
      await this.#one(wires, index, due)
    }
    for (const wire of wires) wire.close()
  }

  async #one(wires: readonly Wire[], index: number, due: number): Promise<void> {
    const { way, host, people, from } = this.#order
    const browser = new Browser(wires, host, addressOf(index))
    const number = numberOf((from + index) % people)
    try {
      await (way.kind === 'app' ? this.#signIn(browser, number) : this.#proveNumber(browser, number))
      this.#flows.push(performance.now() - due)
      this.#requests.push(...browser.milliseconds)
      this.#bytes += browser.bytes
    } catch (error) {
      this.#failed++
      this.#failure ||= String(error)
      for (const wire of wires) wire.close()
    }
  }

  /** The whole way, from the app's question to its tokens. */
  async #signIn(browser: Browser, number: string): Promise<void> {
    const { way } = this.#order
    const verifier = randomBytes(32).toString('base64url')
    const question = new URLSearchParams({
      client_id: way.clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state: verifier.slice(0, 16),
      nonce: verifier.slice(16, 32),
    })
    const page = browser.next(await browser.get(`${way.start}?${question}`))
    const first = await browser.get(page)
    this.#firstPageBytes = first.bytes
    const codePage = browser.next(await browser.postForm(page, { ...hiddenIn(first.body), identifier: number, do: 'next' }))
    const second = await browser.get(codePage)
    const code = await this.#textTo(number)
    let there = browser.next(await browser.postForm(codePage, { ...hiddenIn(second.body), code, do: 'next' }))
    for (let steps = 0; !there.startsWith(redirectUri); steps++) {
      if (steps === stepsMax) throw new Error(`no end of it at ${there}`)
      const answer = await browser.get(there)
      const staying = answer.status === 200
      there = browser.next(staying ? await browser.postForm(there, { ...hiddenIn(answer.body), stay: 'no' }) : answer)
    }
    const authorizationCode = new URL(there).searchParams.get('code')
    if (!authorizationCode) throw new Error(`no code in ${there}`)
    const fields = { client_id: way.clientId, redirect_uri: redirectUri, code_verifier: verifier }
    const tokens = await browser.postForm(way.end, { ...fields, grant_type: 'authorization_code', code: authorizationCode })
    for (const name of ['id_token', 'access_token', 'refresh_token']) {
      if (!tokens.body.includes(`"${name}":"`)) throw new Error(`no ${name} in ${tokens.body}`)
    }
  }

  async #proveNumber(browser: Browser, number: string): Promise<void> {
    const { way } = this.#order
    await browser.postJson(way.start, { [way.numberField]: number })
    const code = await this.#textTo(number)
    const answer = await browser.postJson(way.end, { [way.numberField]: number, code })
    if (!/\r\nset-cookie: /i.test(answer.head)) throw new Error(`no session: ${answer.body}`)
  }

  async #textTo(number: string): Promise<string> {
    const giveUp = new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error('no text came')), codeWaitMaxMs).unref()
    })
    return Promise.race([this.#phones.code(number), giveUp])
  }
}

/** What a form carries without showing it. */
function hiddenIn(page: string): Record<string, string> {
  const token = /name="t" value="([^"]*)"/.exec(page)?.[1]
  return token === undefined ? {} : { t: token }
}

/** As many addresses as people, in as many networks as 16 bits have. */
function addressOf(index: number): string {
  return `10.${(index >> 8) & 255}.${index & 255}.${(index >> 16) & 255}`
}

function percentiles(milliseconds: number[]): { p50: number; p99: number } {
  milliseconds.sort((a, b) => a - b)
  const at = (share: number) => milliseconds[Math.floor(milliseconds.length * share)] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99) }
}

if (import.meta.main) {
  let text = ''
  for await (const chunk of process.stdin) text += chunk
  // The parent, contenders.ts, wrote it.
  const order = JSON.parse(text) as Order
  process.stdout.write(JSON.stringify(await new Load(order).run()), () => process.exit(0))
}
