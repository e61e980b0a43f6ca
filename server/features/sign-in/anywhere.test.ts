import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorizeRequest, redeem, registerApp, Visitor } from '#test/visitor.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const number = '+31612345678'

/** The app's home, and another organisation that lets it in, on one server. */
async function twoOrganisations(world: World) {
  const app = await registerApp(world, { audience: 'AzureADMultipleOrgs' }, [])
  const domain = `f-${world.domain}`
  const other = await world.installation.addTenant({ displayName: 'Fabrikam', defaultCountry: 'NL', languages: ['nl'], domains: [domain] })
  await other.inTransaction(({ servicePrincipals }) =>
    servicePrincipals.add({
      id: crypto.randomUUID(),
      appId: app.appId,
      displayName: app.displayName,
      homeTenantId: world.tenantId,
      isEnabled: true,
      createdAt: world.now,
    }),
  )
  return { app, fabrikam: world.inTenant(other, domain) }
}

for (const database of databases) {
  test(`at an address for everybody, the number says whose person it is, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { app, fabrikam } = await twoOrganisations(world)
    const eva = await fabrikam.person('eva')
    await fabrikam.number(eva, number)
    await fabrikam.allow('sms')

    const visitor = new Visitor(world)
    const asked = authorizeRequest(world, app, { scope: 'openid profile' })
    const first = await visitor.get(asked.url.replace(world.tenantId, 'common'))
    const codePage = await visitor.submit(first, { identifier: number, do: 'next' })
    await visitor.submit(codePage, { code: world.codeIn(await world.textTo(number)), do: 'next' })
    const code = visitor.left?.searchParams.get('code') ?? assert.fail('no code')
    const tokens = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: asked.verifier }, 'common')
    assert.equal(tokens.status, 200, JSON.stringify(tokens.body))
    const claims = JSON.parse(Buffer.from(tokens.body.id_token.split('.')[1], 'base64url').toString())
    assert.partialDeepStrictEqual(claims, { oid: eva.id, tid: fabrikam.tenantId })
  })

  test(`who is known by one number in two organisations chooses, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { app, fabrikam } = await twoOrganisations(world)
    for (const each of [world, fabrikam]) {
      const person = await each.person('eva')
      await each.number(person, number)
      await each.allow('sms')
    }
    const visitor = new Visitor(world)
    const asked = authorizeRequest(world, app, { scope: 'openid' })
    const first = await visitor.get(asked.url.replace(world.tenantId, 'organizations'))
    const codePage = await visitor.submit(first, { identifier: number, do: 'next' })
    const choice = await visitor.submit(codePage, { code: world.codeIn(await world.textTo(number)), do: 'next' })
    assert.match(choice.text, /Contoso/)
    assert.match(choice.text, /Fabrikam/)
    await visitor.submit(choice, { organisation: fabrikam.tenantId })
    assert.ok(visitor.left?.searchParams.get('code'))
  })

  test(`where something comes before the sign-in, it happens on that organisation's own pages, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { app, fabrikam } = await twoOrganisations(world)
    await fabrikam.number(await fabrikam.person('eva'), number)
    await fabrikam.allow('sms')
    await fabrikam.allow('email', { demanded: true })

    const visitor = new Visitor(world)
    const asked = authorizeRequest(world, app, { scope: 'openid profile' })
    const first = await visitor.get(asked.url.replace(world.tenantId, 'common'))
    const codePage = await visitor.submit(first, { identifier: number, do: 'next' })
    const page = await visitor.submit(codePage, { code: world.codeIn(await world.textTo(number)), do: 'next' })
    assert.match(page.url, new RegExp(`^/${fabrikam.tenantId}/sign-in/`))
    assert.match(page.text, /name="identifier"[^>]* value="\+31612345678"/)
    assert.equal(visitor.left, undefined)
  })

  test(`at an address for everybody, a name leads to its own organisation where that asks for a password, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { app, fabrikam } = await twoOrganisations(world)
    const eva = await fabrikam.person('eva')
    const begin = async (name: string) => {
      const visitor = new Visitor(world)
      const asked = authorizeRequest(world, app, { scope: 'openid profile' })
      const first = await visitor.get(asked.url.replace(world.tenantId, 'common'))
      return { visitor, asked, page: await visitor.submit(first, { identifier: name, do: 'next' }) }
    }
    assert.match((await begin(eva.userPrincipalName)).page.text, /name="code"/, 'nobody there has one')

    await fabrikam.password(eva, 'een fiets in de regen')
    const { visitor, asked, page } = await begin(eva.userPrincipalName)
    assert.match(page.text, new RegExp(`Fabrikam[\\s\\S]*value="${eva.userPrincipalName}"`))
    const passwordPage = await visitor.submit(page, { identifier: eva.userPrincipalName, do: 'next' })
    await visitor.submit(await visitor.submit(passwordPage, { password: 'een fiets in de regen', do: 'next' }), { stay: 'no' })
    const code = visitor.left?.searchParams.get('code') ?? assert.fail('no code')
    const tokens = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: asked.verifier }, 'common')
    const claims = JSON.parse(Buffer.from(tokens.body.id_token.split('.')[1], 'base64url').toString())
    assert.partialDeepStrictEqual(claims, { oid: eva.id, tid: fabrikam.tenantId, amr: ['pwd'] })
    assert.match((await begin(`nobody@${fabrikam.domain}`)).page.text, /name="identifier"/, 'whoever it is')
    assert.match((await begin('eva@nowhere.example')).page.text, /name="code"/)
  })

  test(`an app that wants two factors gets the second one on the pages of that organisation, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const { app, fabrikam } = await twoOrganisations(world)
    const eva = await fabrikam.person('eva')
    await fabrikam.number(eva, number)
    await fabrikam.password(eva, 'een fiets in de regen')
    await fabrikam.allow('sms')

    const visitor = new Visitor(world)
    const asked = authorizeRequest(world, app, { scope: 'openid profile', acr_values: 'urn:sesam:acr:mfa' })
    const first = await visitor.get(asked.url.replace(world.tenantId, 'organizations'))
    const codePage = await visitor.submit(first, { identifier: number, do: 'next' })
    const second = await visitor.submit(codePage, { code: world.codeIn(await world.textTo(number)), do: 'next' })
    assert.match(second.url, new RegExp(`^/${fabrikam.tenantId}/sign-in/`))
    const stay = await visitor.submit(second, { password: 'een fiets in de regen', do: 'next' })
    await visitor.submit(stay, { stay: 'no' })
    const code = visitor.left?.searchParams.get('code') ?? assert.fail('no code')
    const tokens = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: asked.verifier }, fabrikam.tenantId)
    const claims = JSON.parse(Buffer.from(tokens.body.id_token.split('.')[1], 'base64url').toString())
    assert.partialDeepStrictEqual(claims, { oid: eva.id, amr: ['sms', 'pwd', 'mfa'] })
  })

  test(`an app of one organisation has no business at the address for everybody, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date() })
    const app = await registerApp(world)
    const answer = await new Visitor(world).get(authorizeRequest(world, app).url.replace(world.tenantId, 'common'))
    assert.equal(answer.status, 400)
    const metadata = await world.client(undefined).get('/common/v2.0/.well-known/openid-configuration')
    assert.equal(metadata.body.issuer, 'https://sesam.test/{tenantid}/v2.0')
  })
}
