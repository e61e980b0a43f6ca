import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newSecret, postForm, webApp } from '#test/app-proofs.ts'
import { limitsBut } from '#test/asking.ts'
import { authorizeRequest, redeem, registerApp, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const number = '+31687654321'
const metricsToken = 'a token of enough letters for metrics'

/** Where something would stand if somebody had written it down. */
async function everythingWritten(world: World): Promise<Record<string, string>> {
  const { kysely } = world.installation.parts.database
  const metrics = await world.client(undefined).get('/metrics', { authorization: `Bearer ${metricsToken}` })
  const audit = await (await world.as('Global Administrator')).get('/v1.0/auditLogs/directoryAudits')
  const signIns = await (await world.as('Reports Reader')).get('/v1.0/auditLogs/signIns')
  assert.deepEqual([metrics.status, audit.status, signIns.status], [200, 200, 200])
  const tables = ['oidc_records', 'challenges', 'outbox', 'known_browsers', 'phones', 'sign_ins', 'method_pauses', 'apps'] as const
  const rows = await Promise.all(
    tables.map(async (table) => [
      table,
      JSON.stringify(await kysely.selectFrom(table).selectAll().where('tenant_id', '=', world.tenantId).execute()),
    ]),
  )
  const throttles = JSON.stringify(await kysely.selectFrom('budgets').selectAll().execute())
  const answers = { metrics: metrics.text, audit: audit.text, 'sign-in log': signIns.text }
  return { log: world.logged.join('\n'), ...answers, budgets: throttles, ...Object.fromEntries(rows) }
}

for (const database of databases) {
  test(`no number, code, token, secret or cookie is written down where it can be read, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date(), limits: limitsBut('texts', {}), metricsToken })
    await world.number(await world.person('anna'), number)
    await world.allow('sms')
    const { secret, registered } = newSecret()
    const service = await registerApp(world, webApp([registered]))
    const app = await registerApp(world)

    const secrets: Record<string, string> = {
      number,
      'number as typed': '06 87 65 43 21',
      'number without a plus': number.slice(1),
      secret,
    }
    const visitor = new Visitor(world)
    const asked = authorizeRequest(world, app)
    secrets.state = asked.state
    secrets.verifier = asked.verifier
    const first = await visitor.get(asked.url)
    const codePage = await visitor.submit(first, { identifier: '06 87 65 43 21', do: 'next' })
    const text = await world.textTo(number)
    secrets['whole text'] = text.split('\n')[0] ?? ''
    const code = world.codeIn(text)
    for (const { name, value } of visitor.cookies) secrets[`cookie ${name}`] = value
    secrets['form token'] = /name="t" value="([^"]+)"/.exec(codePage.text)?.[1] ?? assert.fail('no form')
    const stay = await visitor.submit(codePage, { code, do: 'next' })
    await visitor.submit(stay, { stay: 'yes' })
    for (const { name, value } of visitor.cookies) secrets[`later cookie ${name}`] = value
    const left = visitor.left ?? assert.fail('not let in')
    secrets['authorization code'] = left.searchParams.get('code') ?? ''

    const byCode = { grant_type: 'authorization_code', code: secrets['authorization code'], code_verifier: asked.verifier }
    const tokens = await redeem(world, app, byCode)
    const refreshed = await redeem(world, app, { grant_type: 'refresh_token', refresh_token: tokens.body.refresh_token })
    for (const { body } of [tokens, refreshed]) {
      for (const name of ['access_token', 'refresh_token', 'id_token']) secrets[`${name} ${String(body[name]).slice(-4)}`] = body[name]
    }
    const pushed = await postForm(world, 'par', Object.fromEntries(new URLSearchParams(asked.url.split('?')[1])))
    secrets['request uri'] = String(pushed.body.request_uri).split(':').at(-1) ?? ''

    // And once more wherever something goes wrong with them.
    for (const [name, value] of Object.entries(secrets)) {
      await redeem(world, app, { grant_type: 'authorization_code', code: value, code_verifier: value })
      await postForm(world, 'token', {
        client_id: service.appId,
        client_secret: `${secret}x`,
        grant_type: 'refresh_token',
        refresh_token: value,
      })
      await postForm(world, 'token', { client_id: value, grant_type: value, code: value })
      await visitor.request(
        'GET',
        authorizeRequest(world, app, { login_hint: value, id_token_hint: value, redirect_uri: `https://x/${value}` }).url,
      )
      await visitor.request('GET', `/${world.tenantId}/sign-in/${encodeURIComponent(value)}`)
      await visitor.request('GET', `/${world.tenantId}/oauth2/v2.0/logout?id_token_hint=${encodeURIComponent(value)}`)
      await world.client(value).get(`/${world.tenantId}/oidc/userinfo`)
      await world.client(value).get('/v1.0/me')
      const other = new Visitor(world)
      const page = await other.get(authorizeRequest(world, app).url)
      await other.submit(page, { identifier: value.slice(0, 60), country: value, national: value, code: value, do: 'next' })
      assert.ok(name)
    }

    const written = await everythingWritten(world)
    for (const [what, value] of Object.entries(secrets)) {
      // `lang` and the like say nothing.
      if (value.length < 8) continue
      for (const form of [value, encodeURIComponent(value), Buffer.from(value).toString('base64url')]) {
        for (const [where, all] of Object.entries(written)) {
          const at = all.indexOf(form)
          assert.equal(at, -1, `${what} stands in ${where}: ${all.slice(Math.max(0, at - 120), at + 120)}`)
        }
      }
    }
    assert.ok(!new RegExp(`\\b${code}\\b`).test(written.log ?? ''), 'the code stands in the log')
    for (const table of ['oidc_records', 'challenges', 'outbox', 'sign_ins'])
      assert.doesNotMatch(written[table] ?? '', new RegExp(`"${code}"`))
  })
}
