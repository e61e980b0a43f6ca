import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import http from 'node:http'
import { test } from 'node:test'
import { Budgets } from '#server/store/budgets.ts'
import { MasterKey } from '#server/store/vault.ts'
import { Installation } from '#server/system.ts'
import { assertionType, newDpopKey, newKey, newSecret, webApp } from './app-proofs.ts'
import { databases, newDirectory } from './databases.ts'
import { startServer } from './operator.ts'
import { Story } from './story.ts'
import { authorizeRequest, callback, formToken, type PageAnswer, registerApp, Visitor } from './visitor.ts'
import { publicUrl, type World } from './world.ts'

// Two processes of the program on one PostgreSQL: what may happen once happens once on both together.

const number = '+31612345678'
const each = 20

interface Answer {
  status: number
  headers: http.IncomingHttpHeaders
  text: string
}

function send(url: string, method: string, path: string, headers: Record<string, string>, body: string | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = { host: new URL(publicUrl).host, ...headers }
    const request = http.request(url + path, { method, headers: asked }, async (answer) => {
      const chunks = await answer.toArray()
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString() })
    })
    request.once('error', reject)
    request.end(body)
  })
}

/** A visitor whose requests reach the two servers by turns, as a proxy in front would send them. */
class TravellingVisitor extends Visitor {
  urls: readonly string[] = []
  #turns = 0

  protected override async send(method: 'GET' | 'POST', path: string, headers: Record<string, string>, body: string | undefined) {
    const url = this.urls[this.#turns++ % this.urls.length] ?? assert.fail('no server')
    return { url: path, ...(await send(url, method, path, headers, body)) } satisfies PageAnswer
  }
}

async function startBoth() {
  const [, postgres] = databases
  const database = (await postgres?.fresh()) ?? assert.fail('no PostgreSQL')
  const key = randomBytes(32)
  const environment = {
    DATABASE_URL: database.location.databaseUrl ?? '',
    MASTER_KEY: key.toString('base64'),
    PUBLIC_URL: publicUrl,
    MIGRATE_AT_START: 'yes',
    LOG_LEVEL: 'error',
  }
  const first = await startServer(['serve'], { ...environment, DATA_DIR: newDirectory() })
  const second = await startServer(['serve'], { ...environment, DATA_DIR: newDirectory() })
  const clock = { now: new Date() }
  const masterKey = new MasterKey(key)
  const budgets = new Budgets(database.alone, masterKey.derive('budgets'))
  const installation = new Installation({ database, budgets, masterKey, publicUrl, now: () => new Date() })
  const domain = 'contoso.example'
  const system = await installation.addTenant({ displayName: 'Contoso', defaultCountry: 'NL', languages: ['en'], domains: [domain] })
  const story = new Story(system, domain, clock)
  await story.number(await story.person('anna'), number)
  await story.allow('sms')
  // What a visitor and an app need of a world; there is none in this process.
  const world = Object.assign(story, { tenantId: system.organization.id, publicUrl, installation }) as unknown as World
  const urls = [first.url, second.url]
  return {
    world,
    system,
    urls,
    visitor: () => Object.assign(new TravellingVisitor(world), { urls }),
    /** Both servers at once, so many times each. */
    race: (work: (url: string) => Promise<Answer>) =>
      Promise.all(Array.from({ length: 2 * each }, (_, index) => work(urls[index % 2] ?? ''))),
    post: (url: string, path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
      send(
        url,
        'POST',
        `/${system.organization.id}/oauth2/v2.0/${path}`,
        { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        new URLSearchParams(fields).toString(),
      ),
    async [Symbol.asyncDispose]() {
      await Promise.all([first.stop(), second.stop()])
      await database.close()
    },
  }
}

type Both = Awaited<ReturnType<typeof startBoth>>

/** What would be in the text; the servers here have nobody to send it by. */
async function newestCode({ system, world }: Both): Promise<{ id: string; code: string }> {
  const { id } = await world.installation.parts.database.kysely
    .selectFrom('challenges')
    .select('id')
    .orderBy('started_at', 'desc')
    .executeTakeFirstOrThrow()
  const challenge = (await system.challenges.find(id)) ?? assert.fail('no challenge')
  return { id, code: system.codes.of({ challengeId: id, tenantId: world.tenantId, ...challenge }) }
}

function onlyWinner(answers: readonly Answer[], error: RegExp): Record<string, string> {
  const winners = answers.filter(({ status }) => status === 200)
  assert.equal(winners.length, 1, answers.map(({ status, text }) => `${status} ${text.slice(0, 90)}`).join('\n'))
  for (const { status, text } of answers) if (status !== 200) assert.match(JSON.parse(text).error, error)
  return JSON.parse(winners[0]?.text ?? '')
}

test('two servers on one store redeem, believe and let in once between them', async () => {
  await using both = await startBoth()
  const { world, system, urls, race, post } = both
  const app = await registerApp(world)
  const visitor = both.visitor()

  // Five guesses in all, and then not even the right answer: for both servers together.
  const guesser = both.visitor()
  const guessed = await guesser.submit(await guesser.get(authorizeRequest(world, app).url), { identifier: number, do: 'next' })
  const target = await newestCode(both)
  const wrong = String((Number(target.code) + 1) % 1_000_000).padStart(6, '0')
  await race(() => guesser.request('POST', guessed.url, { t: formToken(guessed), code: wrong, do: 'next' }) as Promise<Answer & PageAnswer>)
  assert.equal((await system.challenges.find(target.id))?.tries, 5)
  await guesser.submit(guessed, { code: target.code, do: 'next' })
  assert.equal(guesser.left, undefined)

  // A browser that goes to and fro between them signs in, once, however often it says the code.
  const asked = authorizeRequest(world, app)
  const codePage = await visitor.submit(await visitor.get(asked.url), { identifier: number, do: 'next' })
  const { id, code: texted } = await newestCode(both)
  assert.notEqual(id, target.id)
  const fields = { t: formToken(codePage), code: texted, do: 'next' }
  await race(() => visitor.request('POST', codePage.url, fields) as Promise<Answer & PageAnswer>)
  const signIns = await world.installation.parts.database.kysely
    .selectFrom('challenges')
    .select('id')
    .where('passed_at', 'is not', null)
    .execute()
  assert.deepEqual(signIns, [{ id }])
  await visitor.submit(await visitor.get(codePage.url), { stay: 'no' })
  const left: URL | undefined = visitor.left
  const code = (left as URL | undefined)?.searchParams.get('code') ?? assert.fail('no code')

  const client = { client_id: app.appId, redirect_uri: callback }
  const byCode = { ...client, grant_type: 'authorization_code', code, code_verifier: asked.verifier }
  const tokens = onlyWinner(await race((url) => post(url, 'token', byCode)), /^invalid_grant$/)
  for (const url of urls) {
    const late = await post(url, 'token', { ...client, grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' })
    assert.match(late.text, /invalid_grant/, 'the whole grant is dead on both')
  }

  async function codeAgain(parameters: Record<string, string> = {}): Promise<{ code: string; code_verifier: string }> {
    const again = authorizeRequest(world, app, parameters)
    visitor.left = undefined
    await visitor.get(again.url)
    const end = visitor.left as URL | undefined
    return { code: end?.searchParams.get('code') ?? assert.fail('no code'), code_verifier: again.verifier }
  }
  const fresh = await post(urls[0] ?? '', 'token', { ...client, grant_type: 'authorization_code', ...(await codeAgain()) })
  const byRefresh = { ...client, grant_type: 'refresh_token', refresh_token: String(JSON.parse(fresh.text).refresh_token) }
  const rotated = onlyWinner(await race((url) => post(url, 'token', byRefresh)), /^invalid_grant$/)
  for (const url of urls) {
    assert.match((await post(url, 'token', { ...byRefresh, refresh_token: rotated.refresh_token ?? '' })).text, /invalid_grant/)
  }

  const question = Object.fromEntries(new URL(authorizeRequest(world, app, { prompt: 'none' }).url, publicUrl).searchParams)
  const pushed = JSON.parse((await post(urls[0] ?? '', 'par', question)).text)
  const uri = `/${world.tenantId}/oauth2/v2.0/authorize?${new URLSearchParams({ client_id: app.appId, request_uri: pushed.request_uri })}`
  const ends = await race(() => visitor.request('GET', uri) as Promise<Answer & PageAnswer>)
  assert.equal(ends.filter(({ headers }) => String(headers.location).includes('code=')).length, 1)

  const { registered, assertionOf } = await newKey()
  const { secret, registered: registeredSecret } = newSecret()
  const service = await registerApp(world, webApp([registeredSecret], [registered]))
  const alone = { client_id: service.appId, grant_type: 'client_credentials' }
  const assertion = { client_assertion_type: assertionType, client_assertion: await assertionOf(world, service, randomUUID()) }
  onlyWinner(await race((url) => post(url, 'token', { ...alone, ...assertion })), /^invalid_(?:client|grant)$/)
  const dpop = await (await newDpopKey())('POST', `${publicUrl}/${world.tenantId}/oauth2/v2.0/token`)
  onlyWinner(await race((url) => post(url, 'token', { ...alone, client_secret: secret }, { dpop })), /^invalid_grant$/)
})

test('what one server ended, the other lets nobody use at the very next request', async () => {
  await using both = await startBoth()
  const { world, system, urls, post } = both
  const app = await registerApp(world)
  const visitor = both.visitor()
  const asked = authorizeRequest(world, app)
  const codePage = await visitor.submit(await visitor.get(asked.url), { identifier: number, do: 'next' })
  const { code } = await newestCode(both)
  await visitor.submit(await visitor.submit(codePage, { code, do: 'next' }), { stay: 'no' })
  const left = visitor.left as URL | undefined
  const fields = { client_id: app.appId, redirect_uri: callback, grant_type: 'authorization_code', code_verifier: asked.verifier }
  const redeemed = await post(urls[0] ?? '', 'token', { ...fields, code: left?.searchParams.get('code') ?? '' })
  const tokens = JSON.parse(redeemed.text)
  const me = (url: string) => send(url, 'GET', '/v1.0/me', { authorization: `Bearer ${tokens.access_token}` }, undefined)
  for (const url of urls) assert.equal((await me(url)).status, 200)

  const anna = await system.users.find('anna@contoso.example')
  const boss = await world.person('boss')
  await world.giveRole(boss.id, 'Global Administrator')
  const account = (await system.authority.findAccount(boss.id)) ?? assert.fail('no boss')
  const scopes = ['User.RevokeSessions.All', 'User.ReadWrite.All', 'Directory.AccessAsUser.All']
  const token = await system.issueToken({
    userId: boss.id,
    scopes,
    methods: ['pwd', 'mfa'],
    epoch: account.epoch,
    appId: 'test',
    lifeSeconds: 600,
  })
  const path = `/v1.0/users/${anna?.id}/revokeSignInSessions`
  const ended = await send(urls[0] ?? '', 'POST', path, { authorization: `Bearer ${token}` }, undefined)
  assert.equal(ended.status, 200, ended.text)

  for (const url of urls) {
    assert.equal((await me(url)).status, 401)
    const refresh = { client_id: app.appId, grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
    assert.match((await post(url, 'token', refresh)).text, /invalid_grant/)
    visitor.left = undefined
    await visitor.get(authorizeRequest(world, app, { prompt: 'none' }).url)
    assert.equal((visitor.left as URL | undefined)?.searchParams.get('error'), 'login_required')
  }
})
