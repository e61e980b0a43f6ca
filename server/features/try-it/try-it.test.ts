import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { registerApp, Visitor } from '#test/visitor.ts'
import { databases, publicUrl, startWorld } from '#test/world.ts'

for (const database of databases) {
  test(`whoever starts an evaluation signs in, sees what the app was told, and signs out, on ${database.name}`, async () => {
    const sampleAppId = randomUUID()
    await using world = await startWorld(database, { startsAt: new Date(), sampleAppId })
    const anna = await world.person('anna', { displayName: 'Anna de Vries' })
    await world.number(anna, '+31612345678')
    await world.allow('sms')
    await registerApp(world, { appId: sampleAppId, redirectUris: { web: [], spa: [`${publicUrl}/try/callback`], publicClient: [] } }, [])

    const visitor = new Visitor(world, { 'accept-language': 'nl' })
    const front = await visitor.get('/')
    assert.equal(front.url, '/try')
    const number = await visitor.post('/try', {})
    const code = await visitor.submit(number, { identifier: '06 12345678', do: 'next' })
    const stay = await visitor.submit(code, { code: world.codeIn(await world.textTo('+31612345678')), do: 'next' })
    const signedIn = await visitor.submit(stay, { stay: 'no' })
    assert.match(signedIn.text, /<h1>Hallo .*Anna de Vries/)
    assert.match(signedIn.text, /\+31612345678/)

    const signOut = /href="([^"]*logout[^"]*)"/.exec(signedIn.text)?.[1]?.replaceAll('&amp;', '&') ?? assert.fail('no way out')
    const asked = await visitor.get(signOut)
    const after = await visitor.post(`/${world.tenantId}/oauth2/v2.0/logout/confirm`, {
      t: /name="t" value="([^"]*)"/.exec(asked.text)?.[1] ?? '',
      do: 'confirm',
    })
    assert.equal(after.url, '/try')
    assert.match(after.text, /Probeer het aanmelden/)
  })

  test(`an answer nobody asked for signs nobody in to the sample app, on ${database.name}`, async () => {
    const sampleAppId = randomUUID()
    await using world = await startWorld(database, { startsAt: new Date(), sampleAppId })
    await registerApp(world, { appId: sampleAppId, redirectUris: { web: [], spa: [`${publicUrl}/try/callback`], publicClient: [] } }, [])
    const answer = await new Visitor(world).get('/try/callback?code=made-up&state=made-up')
    assert.equal(answer.url, '/try?error=1')
    assert.match(answer.text, /role="alert"/)
  })
}
