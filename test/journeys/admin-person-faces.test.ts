import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { startAdmin } from '#test/admin-stage.ts'
import { axeViolations, complaintsOf, noBrowser } from '#test/browser.ts'

const places = [
  'profile',
  'groups',
  'roles',
  'licences',
  'sign-ins',
  'authentication-methods',
  'authentication-methods?do=add',
  'authentication-methods?do=reset-password',
  'authentication-methods?do=require-reregistration',
  'profile?do=delete',
  'groups?join=group',
  'roles?give=role',
]

const faces = [
  { locale: 'nl', colourScheme: 'light', width: 320, direction: 'ltr' },
  { locale: 'nl', colourScheme: 'dark', width: 390, direction: 'ltr' },
  { locale: 'sv', colourScheme: 'dark', width: 1280, direction: 'ltr' },
  { locale: 'en', colourScheme: 'light', width: 320, direction: 'rtl' },
] as const

describe('every face of the pages of one person', { skip: noBrowser }, () => {
  for (const { direction, locale, ...face } of faces) {
    test(`shows axe nothing wrong and fits: ${locale}, ${face.colourScheme}, ${face.width} px, ${direction}`, async () => {
      await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator', locale })
      const { world } = stage
      await world.allow('voice', { usableForSignIn: false })
      const anna = await world.person('anna.van-de-weteringdwarsstraat', { displayName: 'Anna van de Weteringdwarsstraat' })
      await world.number(anna, '+31612345678')
      await world.number(anna, '+31687654321', { signIn: false, type: 'alternateMobile' })
      await world.group('Nachtdienst', { members: [anna] })
      await world.giveRole(anna.id, 'Reports Reader')
      await using page = await stage.open('/admin', { ...face, locale })
      await page.addInitScript(`addEventListener('DOMContentLoaded', () => { document.documentElement.dir = '${direction}' })`)
      for (const place of places) {
        await stage.go(page, `/admin/users/${anna.id}/${place}`)
        if (place.includes('?')) await page.locator('[role=dialog], [role=alertdialog]').first().waitFor()
        assert.deepEqual(await axeViolations(page), [], place)
        assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `${place} is wider than the screen`)
      }
      assert.deepEqual(complaintsOf(page), [])
    })
  }
})
