import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { carryOutImports } from '#server/jobs/carry-out-imports.ts'
import { settled } from '#test/account-stage.ts'
import { type AdminStage, startAdmin } from '#test/admin-stage.ts'
import { axeViolations, complaintsOf, noBrowser } from '#test/browser.ts'

const log = { error: (...what: unknown[]) => assert.fail(JSON.stringify(what)) }

const fileOf = ({ world: { domain } }: AdminStage) =>
  [
    'Gebruikersnaam;Naam;Telefoonnummer;Schoenmaat',
    `bram@${domain};Bram Bakker;+31 6 12345601;43`,
    `carla@${domain};Carla de Wit;+31 6 12345602;38`,
    `dirk@elsewhere.example;Dirk Dijk;+31 6 12345603;41`,
    `eva@${domain};Eva Smit;12;39`,
  ].join('\r\n')

describe('people from a file', { skip: noBrowser }, () => {
  test('a file is pasted, its columns are named, every row is judged, and it is carried out and kept', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Administrator' })
    const { world } = stage
    await world.allow('sms')
    await using page = await stage.open('/admin/users')
    await page.getByRole('link', { name: 'Import', exact: true }).click()
    await settled(page)
    assert.deepEqual(await axeViolations(page), [])
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('There is no row of a person in it.').waitFor()
    await page.getByRole('textbox', { name: 'Or paste rows' }).fill(fileOf(stage))
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('4 people. Check what each column holds.').waitFor()
    assert.match(await page.getByRole('button', { name: /Telefoonnummer holds/ }).innerText(), /Mobile number to sign in/)
    assert.match(await page.getByRole('button', { name: /Schoenmaat holds/ }).innerText(), /Leave out/)
    assert.deepEqual(await axeViolations(page), [])

    await page.getByRole('button', { name: 'See what would happen' }).click()
    await page.getByText('Nothing is changed yet.').waitFor()
    const verdicts = page.getByRole('table', { name: 'Rows' })
    assert.match(await verdicts.innerText(), /dirk@elsewhere\.example[\s\S]*domain[\s\S]*eva@[\s\S]*number/i)
    assert.equal(await world.system.users.find(`bram@${world.domain}`), undefined)
    assert.deepEqual(await axeViolations(page), [])

    await page.getByRole('button', { name: 'Import 2 people' }).click()
    await page.getByRole('heading', { name: 'This import' }).waitFor()
    await page.getByRole('progressbar').waitFor()
    await carryOutImports(world.installation, log)
    await page.getByText('Done.', { exact: true }).waitFor()
    const bram = (await world.system.users.find(`bram@${world.domain}`)) ?? assert.fail('bram did not come in')
    assert.equal((await world.system.phones.find(bram.id, 'mobile'))?.number, '+31612345601')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /Download CSV/ }).click()])
    assert.match(await readFile(await download.path(), 'utf8'), /created[\s\S]*failed,domain_not_verified/)
    await page.getByRole('table', { name: 'Imports of the last 30 days' }).getByRole('link').waitFor()
    assert.deepEqual(await axeViolations(page), [])
    assert.deepEqual(complaintsOf(page), [])
  })

  test('a file that is dropped or chosen is read alike, and leaving half way is asked about', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'User Administrator', locale: 'sv' })
    await using page = await stage.open('/admin/users/import', { width: 320, height: 640, locale: 'sv' })
    const csv = `Användarnamn,Namn\r\nbo@${stage.world.domain},Bo Ek`
    await page.locator('input[type=file]').setInputFiles({ name: 'folk.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await page.getByText('1 person. Kontrollera vad varje kolumn innehåller.').waitFor()
    assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0)
    await page.getByRole('button', { name: 'Tillbaka' }).click()
    await page.evaluate(`{
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([${JSON.stringify(csv)}], 'folk.csv', { type: 'text/csv' }))
      document.querySelector('.drop-place').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }))
    }`)
    await page.getByText('1 person. Kontrollera').waitFor()
    await page.getByRole('link', { name: 'Exportera' }).click()
    await page.getByRole('alertdialog').waitFor()
    assert.deepEqual(await axeViolations(page), [])
  })

  test('people go out in the columns that were chosen, and who may not take them out reads why', async () => {
    await using stage = await startAdmin({ app: 'admin', role: 'Global Reader' })
    const { world } = stage
    await world.number(await world.person('anna', { displayName: 'Anna' }), '+31612345678')
    await using page = await stage.open('/admin/users/export')
    assert.deepEqual(await axeViolations(page), [])
    await page.getByText('Department', { exact: true }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /Download CSV/ }).click()])
    const text = await readFile(await download.path(), 'utf8')
    assert.match(text, /^userPrincipalName,displayName,authenticationPhone,signIn\r\n/)
    assert.match(text, /Anna,'\+31 XXXXXXX78,yes/)
    await stage.go(page, '/admin/users/import')
    await page
      .getByText(/User Administrator/)
      .first()
      .waitFor()
  })
})
