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
  // The page sends a full code by itself.
  await page.locator('#code').fill(await nextCodeTo(site, number, known.length))
  const stay = page.locator('[name=stay]').first()
  await Promise.race([stay.waitFor(), page.waitForURL(/\/account/)])
  if (await stay.isVisible()) await page.locator('[name=stay][value=no]').click()
}

export interface TwoFactors {
  userName: string
  password: string
  number: string
}

/** By password, and then by the code that comes to the inbox. */
export async function signInByTwoFactors(page: Page, site: string, { userName, password, number }: TwoFactors): Promise<void> {
  await page.locator('#identifier').fill(userName)
  await page.locator('[value=next]').click()
  await page.locator('#password').fill(password)
  await page.locator('[value=next]').click()
  const known = await codesTo(site, number)
  await page.locator('[name=way][value=sms]').click()
  // The page sends a full code by itself.
  await page.locator('#code').fill(await nextCodeTo(site, number, known.length))
}

/** Opens an address of My Account as somebody who is not signed in yet. */
export async function openAccount(page: Page, site: string, name: string, path = '/account'): Promise<void> {
  await page.goto(site + path)
  await page.waitForURL(/\/sign-in\//)
  await signIn(page, site, name)
  await page.waitForURL(site + path)
  await page.locator('main h1').waitFor()
}

/** Once there is one more than were known. */
async function nextCodeTo(site: string, number: string, known: number): Promise<string> {
  for (let tries = 0; ; tries++) {
    const [newest, ...others] = await codesTo(site, number)
    if (newest !== undefined && others.length >= known) return newest
    assert.ok(tries < 400, `no text to ${number}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** Newest first; what else a number is told has no code in it. */
async function codesTo(site: string, number: string): Promise<string[]> {
  const { value }: { value: { to: string; text: string }[] } = JSON.parse(await (await fetch(`${site}/inbox/messages`)).text())
  return value.filter(({ to }) => to.replaceAll(' ', '') === number).flatMap(({ text }) => /#(\d{6})$/.exec(text)?.[1] ?? [])
}
