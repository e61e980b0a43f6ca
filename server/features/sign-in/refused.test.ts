import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorizeRequest, registerApp, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const stranger = '11111111-2222-4333-8444-555555555555'
const form = 'application/x-www-form-urlencoded'

async function post(world: World, path: string, body: string, headers: Record<string, string> = {}) {
  const host = new URL(world.publicUrl).host
  return world.app.inject({ method: 'POST', url: path, headers: { host, 'content-type': form, ...headers }, payload: body })
}

for (const database of databases) {
  test(`who lands at an organisation nobody knows reads so in their language, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const visitor = new Visitor(world, { 'accept-language': 'nl' })
    for (const tenant of [stranger, 'nowhere.example', "x'--"]) {
      for (const path of ['oauth2/v2.0/authorize?client_id=x', 'oauth2/v2.0/logout', 'oauth2/v2.0/deviceauth', 'sign-in/x']) {
        const page = await visitor.get(`/${tenant}/${path}`)
        assert.equal(page.status, 404, path)
        assert.match(String(page.headers['content-type']), /^text\/html/)
        assert.match(page.text, /<h1>Deze organisatie is hier niet bekend<\/h1>/)
        assert.match(page.text, new RegExp(String(page.headers['request-id'])))
      }
    }
    const swedish = await visitor.get(`/${stranger}/oauth2/v2.0/authorize?ui_locales=sv-SE`)
    assert.match(swedish.text, /<html lang="sv">/)
  })

  test(`an app without a browser hears the same in the words of its protocol, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const trace = 'a1b2c3d4-0000-4000-8000-000000000000'
    for (const path of ['token', 'par', 'devicecode', 'introspect', 'revoke']) {
      // Even one that takes pages: nobody would see it.
      const headers = { 'client-request-id': trace, accept: 'text/html,*/*' }
      const answer = await post(world, `/${stranger}/oauth2/v2.0/${path}`, 'grant_type=x', headers)
      assert.equal(answer.statusCode, 404, path)
      const told = { error: 'invalid_tenant', error_codes: [90002], correlation_id: trace, trace_id: answer.headers['request-id'] }
      assert.partialDeepStrictEqual(answer.json(), told, path)
      assert.match(answer.json().error_description, /^SESAM90002: /)
    }
    const metadata = await world.client(undefined).get(`/${stranger}/v2.0/.well-known/openid-configuration`)
    assert.deepEqual([metadata.status, metadata.body.error], [404, 'invalid_tenant'])
  })

  test(`an app of one organisation is turned away from the address for all, as its reader needs, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const app = await registerApp(world)
    const page = await new Visitor(world).get(authorizeRequest(world, app).url.replace(world.tenantId, 'common'))
    assert.equal(page.status, 400)
    assert.match(page.text, /<h1>This app is not known here<\/h1>/)
    const answer = await post(world, '/common/oauth2/v2.0/token', `client_id=${app.appId}&grant_type=client_credentials`)
    assert.deepEqual([answer.statusCode, answer.json().error, answer.json().error_codes], [400, 'unauthorized_client', [50194]])
  })

  test(`what is too large, or no form, is refused without a word of Graph, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { tenantId } = world
    const large = `grant_type=${'x'.repeat(600 * 1024)}`
    const tokens = await post(world, `/${tenantId}/oauth2/v2.0/token`, large)
    assert.deepEqual([tokens.statusCode, tokens.json().error], [413, 'invalid_request'])
    const broken = await post(world, `/${tenantId}/oauth2/v2.0/token`, '{"grant_type":', { 'content-type': 'application/json' })
    assert.deepEqual([broken.statusCode, broken.json().error], [400, 'invalid_request'])

    const heading = /<h1>De app vroeg iets vreemds<\/h1>/
    const asPage = { 'accept-language': 'nl', accept: 'text/html' }
    for (const path of ['oauth2/v2.0/logout/confirm', 'sign-in/x']) {
      const page = await post(world, `/${tenantId}/${path}`, large, asPage)
      assert.equal(page.statusCode, 413, path)
      assert.match(page.body, heading)
      assert.match(page.body, /Contoso/)
    }
    const page = await post(world, `/${tenantId}/sign-in/x`, '<xml/>', { 'content-type': 'application/xml' })
    assert.deepEqual([page.statusCode, page.headers['content-type']], [415, 'text/html; charset=utf-8'])
    assert.match(String(page.headers['content-security-policy']), /default-src 'none'/)
  })
}
