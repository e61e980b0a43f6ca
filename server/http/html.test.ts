import assert from 'node:assert/strict'
import { test } from 'node:test'
import { html, type Part } from './html.ts'

const cases: readonly [string, Part, string][] = [
  ['a script', '<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['the end of an attribute', `" onload='x' a=\``, '&quot; onload=&#39;x&#39; a=&#96;'],
  ['an entity', '&lt;', '&amp;lt;'],
  ['a number', 0, '0'],
  ['nothing', undefined, ''],
  ['no', false, ''],
  ['an empty text', '', ''],
  ['HTML', html`<b>${'<'}</b>`, '<b>&lt;</b>'],
  ['a list', [html`<i>1</i>`, '<', [2, undefined]], '<i>1</i>&lt;2'],
]

for (const [what, part, expected] of cases) {
  test(`in HTML, ${what} becomes ${expected || 'nothing'}`, () => {
    assert.equal(String(html`<p title="${part}">${part}</p>`), `<p title="${expected}">${expected}</p>`)
  })
}

test('an object that only looks like HTML is escaped', () => {
  const forged = { toString: () => '<script>', map: () => ['<script>'] }
  const part: Part = JSON.parse('["<script>"]')
  assert.equal(String(html`${part}`), '&lt;script&gt;')
  assert.equal(String(html`${String(forged)}`), '&lt;script&gt;')
})
