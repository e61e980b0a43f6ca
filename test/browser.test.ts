import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { axeViolations, complaintsOf, newPage, noBrowser } from './browser.ts'
import { startServer } from './operator.ts'
import { freePort } from './postgres-server.ts'
import { newDirectory } from './world.ts'

describe('a real browser reads the API reference', { skip: noBrowser }, () => {
  let server: Awaited<ReturnType<typeof startServer>>
  before(async () => {
    server = await startServer(['evaluate'], { DATA_DIR: join(newDirectory(), 'data') })
  })
  after(() => server.stop())

  const ways = [
    { locale: 'nl', colourScheme: 'light', width: 320 },
    { locale: 'sv', colourScheme: 'dark', width: 1280 },
  ] as const
  for (const { locale, colourScheme, width } of ways) {
    // axe looks at every element, and this is the longest page there is.
    test(`in ${locale}, ${colourScheme}, ${width} wide, without a barrier`, async () => {
      await using page = await newPage({ locale, colourScheme, width })
      await page.goto(`${server.url}/docs/api`)
      assert.equal(await page.getAttribute('html', 'lang'), locale)
      assert.deepEqual(await axeViolations(page), [])
      assert.deepEqual(complaintsOf(page), [])
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
    })
  }

  test('without JavaScript', async () => {
    await using page = await newPage({ javaScript: false })
    await page.goto(`${server.url}/docs/api`)
    assert.equal(await page.locator('h1').count(), 1)
  })
})

test('the browser tells what is wrong with a page', { skip: noBrowser }, async () => {
  const policy = "default-src 'none'; require-trusted-types-for 'script'"
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy, 'set-cookie': 'seen=1' })
    response.end('<!doctype html><html lang="en"><title>Bad</title><main><h1>Bad</h1><input id="number"><script>1</script></main></html>')
  })
  const port = await freePort()
  server.listen(port, 'localhost')
  try {
    await using page = await newPage()
    await page.goto(`http://localhost:${port}`)
    assert.deepEqual(await axeViolations(page), ['label: #number'])
    assert.match(complaintsOf(page).join('\n'), /violates the following Content Security Policy directive/)
    await using other = await newPage()
    assert.deepEqual([(await page.context().cookies()).length, (await other.context().cookies()).length], [1, 0])
  } finally {
    server.close()
  }
})
