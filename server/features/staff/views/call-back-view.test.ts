import assert from 'node:assert/strict'
import { test } from 'node:test'
import { locales } from '#contract/locale.ts'
import { drawPage } from '#server/http/page.ts'
import { callBackPages } from './call-back-pages.fixture.ts'

test('no name becomes HTML on the pages behind the text, and none needs a script', () => {
  for (const locale of locales) {
    for (const [name, page] of Object.entries(callBackPages(locale, '"><script>alert(1)</script>'))) {
      const drawn = JSON.stringify(drawPage(page))
      assert.ok(drawn.includes('&lt;script&gt;') && !drawn.includes('<script>alert'), `${name} ${locale}`)
      assert.equal(page.script, undefined)
      assert.equal(drawn.split('<h1>').length, 2, name)
    }
  }
})
