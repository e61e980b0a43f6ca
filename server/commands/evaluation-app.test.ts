import assert from 'node:assert/strict'
import { test } from 'node:test'
import { migrate } from '#server/store/migrate.ts'
import { Installation } from '#server/system.ts'
import { databases, startWorld } from '#test/world.ts'
import { sampleAppId } from './evaluation-app.ts'
import { makeEvaluationOrganisation } from './evaluation-organisation.ts'

for (const { name, fresh } of databases) {
  test(`an evaluation has one app to sign in to, and it follows the server to another address, on ${name}`, async () => {
    const database = await fresh()
    await migrate(database)
    await using world = await startWorld({ name, fresh, shared: async () => database })
    const { parts } = world.installation
    for (const publicUrl of ['http://localhost:8080', 'http://localhost:8080', 'https://localhost:8443']) {
      const installation = new Installation({ ...parts, publicUrl })
      await makeEvaluationOrganisation(installation)
      const home = (await installation.findAppHome(sampleAppId)) ?? assert.fail('no sample app')
      const { apps } = (await installation.systemOf(home)) ?? assert.fail('no organisation')
      const client = (await apps.findClient(sampleAppId)) ?? assert.fail('not let in')
      assert.deepEqual(client.app.redirectUris, { web: [], spa: [`${publicUrl}/try/callback`], publicClient: [] })
      assert.equal(client.isEnabled, true)
      assert.ok(client.consentedScopes.has('User.Read') && client.consentedScopes.has('openid'))
      assert.equal((await installation.tenants.ids()).length, 2)
    }
  })
}
