import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startAdmin } from '#test/admin-stage.ts'

for (const app of ['admin', 'staff'] as const) {
  test(`somebody with a role comes into /${app} with a password and a text, and by neither alone`, async () => {
    await using stage = await startAdmin({ app, role: 'Authentication Administrator' })
    const page = await stage.open()
    assert.equal(new URL(page.url()).pathname, `/${app}`)
    // Signed in already, and strongly: a second tab is asked for nothing.
    const second = await page.context().newPage()
    await second.goto(`${stage.url}/${app}`)
    await second.locator('main h1').waitFor()
    assert.equal(new URL(second.url()).pathname, `/${app}`)
  })
}
