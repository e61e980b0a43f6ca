import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { people } from '#server/commands/evaluation-people.ts'

/** Signs somebody of the sample organisation in on the pages, wherever that leads afterwards. */
export async function signIn(page: Page, site: string, name: string): Promise<void> {
  const number = people.find((person) => person.name === name)?.number ?? assert.fail(`nobody is called ${name}`)
  await signInByNumber(page, site, number.replaceAll(' ', ''))
}

/** With the code that comes to the inbox. */
export async function signInByNumber(page: Page, site: string, number: string): Promise<void> {
  await page.locator('#identifier').fill(number)
  const known = await codesTo(site, number)
  await page.locator('[value=next]').click()
  await page.locator('#code').waitFor()
  for (let tries = 0; (await codesTo(site, number)).length === known.length; tries++) {
    assert.ok(tries < 400, `no text to ${number}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  const [newest = ''] = await codesTo(site, number)
  // The page sends a full code by itself.
  await page.locator('#code').fill(newest)
  const stay = page.locator('[name=stay]').first()
  await Promise.race([stay.waitFor(), page.waitForURL(/\/account/)])
  if (await stay.isVisible()) await page.locator('[name=stay][value=no]').click()
}

/** Opens an address of My Account as somebody who is not signed in yet. */
export async function openAccount(page: Page, site: string, name: string, path = '/account'): Promise<void> {
  await page.goto(site + path)
  await page.waitForURL(/\/sign-in\//)
  await signIn(page, site, name)
  await page.waitForURL(site + path)
  await page.locator('main h1').waitFor()
}

/** Newest first; what else a number is told has no code in it. */
async function codesTo(site: string, number: string): Promise<string[]> {
  const { value }: { value: { to: string; text: string }[] } = JSON.parse(await (await fetch(`${site}/inbox/messages`)).text())
  return value.filter(({ to }) => to.replaceAll(' ', '') === number).flatMap(({ text }) => /#(\d{6})$/.exec(text)?.[1] ?? [])
}
