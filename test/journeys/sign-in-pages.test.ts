import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page as BrowserPage } from 'playwright-core'
import { noticePages } from '#server/features/notices/views/notice-pages.fixture.ts'
import { codeView } from '#server/features/sign-in/views/code-view.ts'
import { identifyView } from '#server/features/sign-in/views/identify-view.ts'
import { samplePages } from '#server/features/sign-in/views/sample-pages.fixture.ts'
import { drawPage, type Page } from '#server/http/page.ts'
import { axeViolations, complaintsOf, newPage, noBrowser } from '#test/browser.ts'

const skip = noBrowser
const site = 'http://localhost:1'
const app = 'http://app.example'
const step = {
  locale: 'nl',
  organisationName: 'Buurtwinkels Noord',
  brand: { colour: undefined, logo: undefined, note: undefined },
  action: '/step',
  token: 'token',
} as const
const identify = identifyView({ ...step, appName: undefined, identifier: '', error: undefined, ways: [] })

function code(resendInSeconds: number): Page {
  const masked = { maskedNumber: undefined, typedMasked: '+31 6 •••• ••78' }
  return {
    ...codeView({ ...step, ...masked, error: undefined, isResent: false, resendInSeconds, ways: [], offers: undefined }),
    formTargets: [`${app}/in`],
  }
}

/** Shows one page under its own policy, and keeps what its forms send; the answer leads on to the app, after a while. */
async function visit(page: BrowserPage, shown: Page): Promise<Record<string, string>[]> {
  const sent: Record<string, string>[] = []
  await page.route('**/*', async (route) => {
    const request = route.request()
    if (request.url().startsWith(app))
      return route.fulfill({ contentType: 'text/html', body: '<link rel="icon" href="data:,"><h1>App</h1>' })
    if (request.method() === 'GET') {
      const { status, headers, html } = drawPage(shown)
      return route.fulfill({ status, headers: { ...headers }, contentType: 'text/html; charset=utf-8', body: html })
    }
    sent.push(Object.fromEntries(new URLSearchParams(request.postData() ?? '')))
    await new Promise((done) => setTimeout(done, 150))
    return route.fulfill({ status: 200, contentType: 'text/html', body: `<meta http-equiv="refresh" content="0;url=${app}/in">` })
  })
  await page.goto(`${site}/step`)
  return sent
}

test('a double click sends a form once, and coming back it can be sent again', { skip }, async () => {
  await using page = await newPage()
  const sent = await visit(page, identify)
  await page.locator('#identifier:focus').pressSequentially('0612345678')
  assert.equal(await page.locator('#identifier').getAttribute('inputmode'), 'tel')
  await page.locator('button').dblclick({ noWaitAfter: true })
  await page.waitForURL(`${app}/**`)
  assert.deepEqual(sent, [{ t: 'token', identifier: '0612345678', do: 'next' }])
  await page.goto(`${site}/step`)
  await page.locator('#identifier').fill('anna')
  assert.equal(await page.locator('#identifier').getAttribute('inputmode'), 'text')
  await page.keyboard.press('Enter')
  await page.waitForURL(`${app}/**`)
  assert.equal(sent.length, 2)
  assert.deepEqual(complaintsOf(page), [])
})

const typed = ['123456', '12 34 56', ' 123-456', '١٢٣٤٥٦', '۱۲۳۴۵۶']

for (const text of typed) {
  test(`the code sends itself when ${text} is typed or pasted`, { skip }, async () => {
    await using page = await newPage()
    const sent = await visit(page, code(30))
    await page.locator('#code').fill(text)
    await page.waitForURL(`${app}/**`)
    assert.deepEqual(sent, [{ t: 'token', code: '123456', do: 'next' }])
    assert.deepEqual(complaintsOf(page), [])
  })
}

test('Enter with five digits sends the code and asks for no other text', { skip }, async () => {
  await using page = await newPage()
  const sent = await visit(page, code(0))
  await page.locator('#code:focus').pressSequentially('12345')
  await page.keyboard.press('Enter')
  await page.waitForURL(`${app}/**`)
  assert.deepEqual(sent, [{ t: 'token', code: '12345', do: 'next' }])
})

test('the waiting time counts down in the button, moves nothing, and says when it is over', { skip }, async () => {
  await using page = await newPage({ width: 320 })
  await page.clock.install()
  const sent = await visit(page, code(3))
  const again = page.locator('[data-wait]')
  const place = await again.boundingBox()
  assert.equal(await again.isDisabled(), true)
  assert.match((await again.textContent()) ?? '', /^Opnieuw over [23] s$/)
  await page.clock.runFor(4_000)
  assert.equal(await again.isDisabled(), false)
  assert.equal(await again.textContent(), 'Opnieuw versturen')
  assert.match((await page.locator('#wait[role=status]').textContent()) ?? '', /Je kunt hem nu opnieuw laten versturen/)
  assert.equal((await again.boundingBox())?.height, place?.height)
  await again.click()
  await page.clock.runFor(1_000)
  await page.waitForURL(`${app}/**`)
  assert.deepEqual(sent, [{ t: 'token', do: 'resend' }])
})

test('without scripts every step works, and the server keeps the waiting time', { skip }, async () => {
  await using page = await newPage({ javaScript: false })
  const sent = await visit(page, code(30))
  await page.locator('#code').fill('123456')
  await page.locator('#go').click()
  await page.waitForURL(`${app}/**`)
  await page.goto(`${site}/step`)
  await page.locator('[value=resend]').click()
  await page.waitForURL(`${app}/**`)
  await page.goto(`${site}/step`)
  await page.locator('[value=back]').click()
  await page.waitForURL(`${app}/**`)
  assert.deepEqual(
    sent.map((form) => form.do),
    ['next', 'resend', 'back'],
  )
})

const longest = {
  name: 'Sjukvårdsförvaltningsorganisationssamarbetet AB',
  typed: `${'1'.repeat(60)}@x.example`,
  colour: '#ffd500',
  logo: undefined,
}

const faces = [
  { colourScheme: 'dark', width: 1280, direction: 'ltr' },
  { colourScheme: 'light', width: 320, direction: 'rtl' },
] as const

for (const { colourScheme, width, direction } of faces) {
  test(`axe finds nothing on any page: ${colourScheme}, ${width} px, ${direction}`, { skip }, async () => {
    await using page = await newPage({ colourScheme, width })
    for (const [name, shown] of Object.entries({ ...samplePages('nl', longest), ...noticePages('nl', longest.name) })) {
      await page.unrouteAll()
      await visit(page, { ...shown, direction, status: 200 })
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true')
      assert.deepEqual(await axeViolations(page), [], name)
      assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `${name} is wider than the screen`)
      const small = await page.evaluate(
        `[...document.querySelectorAll('button, input:not([type=hidden], [hidden]), select, summary, a')].filter((each) => {
          const { width, height } = each.getBoundingClientRect()
          return width < 44 || height < 44
        }).map((each) => each.outerHTML)`,
      )
      assert.deepEqual(small, [], `${name} has targets below 44 px`)
      assert.deepEqual(complaintsOf(page), [], name)
    }
  })
}
