import assert from 'node:assert/strict'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { makeSelfSignedCertificate } from '#server/commands/self-signed-certificate.ts'
import { Certificate } from '#server/http/certificate.ts'
import { freePort } from '#test/postgres-server.ts'
import { type PageAnswer, Visitor } from '#test/visitor.ts'
import { startWorld, type TestDatabase, type World } from '#test/world.ts'

/** Somebody new, so that no two sign-ins share a budget of texts. */
export interface Newcomer {
  id: string
  number: string
}

/** A visitor that comes over the network, as a browser without scripts would. */
class NetworkVisitor extends Visitor {
  protected override async send(method: 'GET' | 'POST', path: string, headers: Record<string, string>, body: string | undefined) {
    const response = await fetch(this.world.publicUrl + path, { method, headers, redirect: 'manual', ...(body !== undefined && { body }) })
    const text = await response.text()
    const cookies = response.headers.getSetCookie()
    const answer: PageAnswer = {
      status: response.status,
      url: path,
      text,
      headers: { ...Object.fromEntries(response.headers), 'set-cookie': cookies },
    }
    return answer
  }
}

/** A server that listens over https, which clients from npm are told to trust for as long as it is there. */
export class Listening {
  readonly world: World
  readonly #trusted: readonly string[]
  #newcomers = 0

  constructor(world: World, trusted: readonly string[]) {
    this.world = world
    this.#trusted = trusted
  }

  get url(): string {
    return this.world.publicUrl
  }

  get issuer(): string {
    return `${this.url}/${this.world.tenantId}/v2.0`
  }

  /** What Microsoft's libraries call it. */
  get authority(): string {
    return `${this.url}/${this.world.tenantId}`
  }

  visitor(headers?: Record<string, string>): Visitor {
    return new NetworkVisitor(this.world, headers)
  }

  async newcomer(): Promise<Newcomer> {
    this.#newcomers += 1
    const person = await this.world.person(`person${this.#newcomers}`, { displayName: `Person ${this.#newcomers}` })
    const number = `+316123456${String(this.#newcomers).padStart(2, '0')}`
    await this.world.number(person, number)
    return { id: person.id, number }
  }

  /** From the address an app sends a browser to, through the pages, to the address the browser comes back to the app at. */
  async signIn(address: string | URL, { number }: Newcomer, visitor = this.visitor()): Promise<URL> {
    return this.signInAt(await visitor.get(pathOf(address)), number, visitor)
  }

  async signInAt(page: PageAnswer, number: string, visitor: Visitor): Promise<URL> {
    await this.proveAt(page, number, visitor)
    return visitor.left ?? assert.fail('the browser was not sent back to the app')
  }

  /** The page behind the proof: of the house, or the one before the browser left it. */
  async proveAt(page: PageAnswer, number: string, visitor: Visitor): Promise<PageAnswer> {
    if (page.status !== 200) assert.fail(`no sign-in page, but ${wordsOf(page)}`)
    const codePage = await visitor.submit(page, { identifier: number, do: 'next' })
    const code = await this.codeTo(number)
    const after = await visitor.submit(codePage, { code, do: 'next' })
    return after.text.includes('name="stay"') ? visitor.submit(after, { stay: 'no' }) : after
  }

  async allowDeviceCodes(): Promise<void> {
    const { system } = this.world
    await system.inTransaction(({ settings }) => settings.set({ ...system.signInSettings, allowsDeviceCodes: true }))
    system.reload()
  }

  /** What a person does with the code that a device shows them. */
  async confirmDevice(shown: { verification_uri: string; user_code: string }, { number }: Newcomer): Promise<PageAnswer> {
    const visitor = this.visitor()
    const typed = await visitor.submit(await visitor.get(pathOf(shown.verification_uri)), { user_code: shown.user_code, do: 'next' })
    const asked = await visitor.submit(typed, { user_code: shown.user_code, do: 'confirm' })
    return this.proveAt(asked, number, visitor)
  }

  async codeTo(number: string): Promise<string> {
    await this.world.textsSent()
    return (await codeInInbox(this.url, number)) ?? assert.fail(`no text to ${number}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Connections that clients keep for later would hold the server up.
    this.world.app.server.closeAllConnections()
    await this.world[Symbol.asyncDispose]()
    setDefaultCACertificates(this.#trusted)
  }
}

export async function startListening(database: TestDatabase): Promise<Listening> {
  const { certificate, key } = makeSelfSignedCertificate(new Date())
  const trusted = getCACertificates('default')
  const port = await freePort()
  const world = await startWorld(database, {
    startsAt: new Date(),
    publicUrl: `https://localhost:${port}`,
    certificate: new Certificate({ cert: certificate, key }),
  })
  await world.app.listen({ host: '127.0.0.1', port })
  setDefaultCACertificates([...trusted, certificate])
  await world.allow('sms')
  return new Listening(world, trusted)
}

function wordsOf({ status, text }: PageAnswer): string {
  const [, main = text] = /<main>([\s\S]*)<\/main>/.exec(text) ?? []
  return `${status} ${main.replaceAll(/<[^>]*>|\s+/g, ' ')}`
}

/** As somebody reads it in an evaluation; undefined when it has not come yet. */
export async function codeInInbox(url: string, number: string): Promise<string | undefined> {
  const response = await fetch(`${url}/inbox/messages`)
  const { value }: { value: { to: string; text: string }[] } = JSON.parse(await response.text())
  const text = value.find(({ to }) => to === number)?.text
  return text && /#(\d+)$/.exec(text)?.[1]
}

/** A page that a browser with scripts would send on by itself: an answer that an app wants posted. */
export function formOn({ text }: PageAnswer): { action: string; fields: URLSearchParams } {
  const [, action = assert.fail(`no form in ${text}`)] = /<form method="post" action="([^"]*)"/.exec(text) ?? []
  const fields = new URLSearchParams()
  for (const [, name = '', value = ''] of text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)) fields.append(name, value)
  return { action, fields }
}

export function pathOf(address: string | URL): string {
  const { pathname, search } = new URL(address)
  return pathname + search
}

/** What an app is told in the redirect that ends a sign-in, whichever of its addresses that was. */
export function answerIn(address: URL): Record<string, string> {
  return Object.fromEntries(address.hash ? new URLSearchParams(address.hash.slice(1)) : address.searchParams)
}
