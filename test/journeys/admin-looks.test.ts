import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type AdminStage, startAdmin } from '#test/admin-stage.ts'
import { axeViolations, complaintsOf, noBrowser } from '#test/browser.ts'
import { builtWeb } from '#test/built-web.ts'

/** Addresses of lists, of single things and of the dialogs on them. */
async function places({ world }: AdminStage): Promise<string[]> {
  await world.person('anna', {
    displayName: 'Anna de Vries',
    jobTitle: 'Sjukvårdsförvaltningsorganisationssamordnare',
    department: 'Winkel',
  })
  const admin = await world.as('Global Administrator')
  const group = await admin.post('/v1.0/groups', { displayName: 'Sms', mailNickname: 's', mailEnabled: false, securityEnabled: true })
  const unit = await admin.post('/v1.0/directory/administrativeUnits', { displayName: 'Winkel 12', isMemberManagementRestricted: true })
  const app = await admin.post('/v1.0/applications', { displayName: 'Rota', web: { redirectUris: ['https://rota.example.com/in'] } })
  await admin.post('/v1.0/servicePrincipals', { appId: app.body.appId })
  const [groupAt, unitAt, appAt] = [`/admin/groups/${group.body.id}`, `/admin/units/${unit.body.id}`, `/admin/apps/${app.body.appId}`]
  return [
    '/admin',
    '/admin/users',
    '/admin/users?new=user',
    '/admin/users?search=zz',
    '/admin/users/deleted',
    '/admin/groups',
    '/admin/groups?new=group',
    groupAt,
    `${groupAt}?add=objects`,
    `${groupAt}/properties`,
    '/admin/units',
    unitAt,
    `${unitAt}/managers?add=manager`,
    '/admin/roles',
    '/admin/roles/62e90394-69f5-4237-9190-012177145e10',
    '/admin/roles/62e90394-69f5-4237-9190-012177145e10?give=role',
    '/admin/licences',
    '/admin/apps/let-in',
    appAt,
    `${appAt}/addresses`,
    `${appAt}/secrets?add=secret`,
    `${appAt}/permissions?consent=scopes`,
    '/admin/nowhere',
  ]
}

const faces = [
  { locale: 'nl', colourScheme: 'light', width: 320, direction: 'ltr' },
  { locale: 'sv', colourScheme: 'dark', width: 390, direction: 'ltr' },
  { locale: 'en', colourScheme: 'dark', width: 1280, direction: 'rtl' },
] as const

describe('the pages of the admin center', { skip: noBrowser }, () => {
  for (const { direction, ...face } of faces) {
    test(`show axe nothing wrong and fit: ${face.locale}, ${face.colourScheme}, ${face.width} px, ${direction}`, async () => {
      await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator', locale: face.locale })
      await using page = await stage.open('/admin', face)
      for (const place of await places(stage)) {
        await stage.go(page, place)
        await page.evaluate(`document.documentElement.dir = '${direction}'`)
        assert.deepEqual(await axeViolations(page), [], place)
        assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `${place} is wider than the screen`)
      }
      assert.deepEqual(complaintsOf(page), [])
    })
  }

  test('come with 250 kB of packed scripts at most, the first page and its search included', async (t) => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator' })
    await using page = await stage.open()
    await page.getByRole('combobox').first().waitFor()
    const files = await builtWeb()
    const loaded: string[] = await page.evaluate(
      `performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).filter((path) => path.endsWith('.js'))`,
    )
    const bytes = [...new Set(loaded)].map((path) => files.file(path.slice('/web/'.length)))
    const total = bytes.reduce((sum, file) => sum + (file?.gzip?.length ?? file?.plain.length ?? 0), 0)
    t.diagnostic(`${total} bytes in ${loaded.length} files`)
    assert.ok(total > 100_000 && total <= 250 * 1024, `${total} bytes`)
  })
})
