import assert from 'node:assert/strict'
import { test } from 'node:test'
import { locales } from '#contract/locale.ts'
import { drawPage } from '#server/http/page.ts'
import { noticePages } from './notice-pages.fixture.ts'

test('no name, number or browser becomes HTML, and no page needs a script', () => {
  for (const locale of locales) {
    for (const [name, page] of Object.entries(noticePages(locale, '"><script>alert(1)</script>'))) {
      const drawn = JSON.stringify(drawPage(page))
      assert.ok(drawn.includes('&lt;script&gt;') && !drawn.includes('<script>alert'), `${name} ${locale}`)
      assert.equal(page.script, undefined)
    }
  }
})

test('each page has one heading of the first order', () => {
  for (const page of Object.values(noticePages('sv', 'Contoso'))) {
    const drawn = JSON.stringify(drawPage(page))
    assert.equal(drawn.split('<h1>').length, 2)
  }
})
