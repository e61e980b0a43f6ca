import { type Answer, headerOf, type Wire } from './wire.ts'

interface Cookie {
  value: string
  path: string
}

/** What a browser does for one person, and no more: cookies by path, redirects, forms. It also keeps the time. */
export class Browser {
  readonly milliseconds: number[] = []
  bytes = 0
  readonly #wires: readonly Wire[]
  readonly #address: string
  readonly #host: string
  readonly #cookies = new Map<string, Cookie>()

  /** With several servers each question goes to the next of them, as behind a balancer. */
  constructor(wires: readonly Wire[], host: string, address: string) {
    this.#wires = wires
    this.#host = host
    this.#address = address
  }

  get(path: string): Promise<Answer> {
    return this.#ask('GET', path, undefined, '')
  }

  postForm(path: string, fields: Record<string, string>): Promise<Answer> {
    return this.#ask('POST', path, 'application/x-www-form-urlencoded', new URLSearchParams(fields).toString())
  }

  postJson(path: string, body: object): Promise<Answer> {
    return this.#ask('POST', path, 'application/json', JSON.stringify(body))
  }

  /** Where an answer sends the browser: a path here, or an address elsewhere. */
  next(answer: Answer): string {
    const location = headerOf(answer.head, 'location')
    if (answer.status !== 303 || !location) throw new Error(`no redirect but ${answer.status}: ${answer.body.slice(0, 1_000)}`)
    const here = `http://${this.#host}`
    return location.startsWith(`${here}/`) ? location.slice(here.length) : location
  }

  async #ask(method: string, path: string, type: string | undefined, body: string): Promise<Answer> {
    const began = performance.now()
    const wire = this.#wires[this.milliseconds.length % this.#wires.length]
    if (!wire) throw new Error('there is nobody to ask')
    const answer = await wire.ask(this.#head(method, path, type, body), body)
    this.milliseconds.push(performance.now() - began)
    this.bytes += answer.bytes
    if (answer.status >= 400) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.body.slice(0, 1_000)}`)
    this.#keepCookies(answer.head)
    return answer
  }

  #head(method: string, path: string, type: string | undefined, body: string): string {
    let head = `${method} ${path} HTTP/1.1\r\nhost: ${this.#host}\r\naccept: text/html\r\naccept-language: nl\r\nuser-agent: Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile\r\nx-forwarded-for: ${this.#address}`
    const cookies = [...this.#cookies]
      .filter(([, { path: under }]) => path.startsWith(under))
      .map(([name, { value }]) => `${name}=${value}`)
    if (cookies.length > 0) head += `\r\ncookie: ${cookies.join('; ')}`
    if (type) head += `\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nsec-fetch-site: same-origin`
    return head
  }

  #keepCookies(head: string): void {
    for (const line of head.split('\r\n')) {
      if (line.slice(0, 11).toLowerCase() !== 'set-cookie:') continue
      const [pair = '', ...attributes] = line.slice(11).trim().split('; ')
      const end = pair.indexOf('=')
      const name = pair.slice(0, end)
      const attribute = (start: string) => attributes.find((one) => one.toLowerCase().startsWith(start))?.slice(start.length)
      const gone = attribute('max-age=') === '0' || attribute('expires=')?.includes(' 1970 ')
      if (gone) this.#cookies.delete(name)
      else this.#cookies.set(name, { value: pair.slice(end + 1), path: attribute('path=') ?? '/' })
    }
  }
}
