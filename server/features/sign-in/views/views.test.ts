import assert from 'node:assert/strict'
import { test } from 'node:test'
import { locales } from '#contract/locale.ts'
import { pageText } from '#server/http/page.ts'
import { codeMaxLength, codeView } from './code-view.ts'
import { identifyView } from './identify-view.ts'
import { samplePages } from './sample-pages.fixture.ts'
import { script } from './script.ts'

const nonce = 'bm9uY2Ugb2YgdGhpcyBhbnN3ZXI'
const hostile = `"'\`><img src=x onerror=alert(1)></title></style></script><script>alert(1)</script>{name}\${1}&lt;`
const step = {
  locale: 'en',
  organisationName: 'Contoso',
  brand: { colour: undefined, logo: undefined, note: undefined },
  action: '/contoso.example/sign-in/abc',
  token: 't',
} as const
const code = { ...step, maskedNumber: undefined, error: undefined, isResent: false, resendInSeconds: 30, ways: [], offers: undefined }

for (const [name, page] of Object.entries(samplePages('en', { name: hostile, typed: hostile, colour: hostile, logo: hostile }))) {
  test(`on the ${name} page, what others chose stays text`, () => {
    const text = pageText(page, nonce)
    assert.ok(text.includes('&lt;img src=x onerror=alert(1)&gt;'))
    assert.doesNotMatch(text, /<img|<\/title><\/style>|<script>/)
    const attributes = text.replace(/<style[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/g, '').match(/<[^>]*>/g) ?? []
    assert.deepEqual(
      attributes.filter((tag) => /\son\w+=|javascript:|style=/i.test(tag.replace(/"[^"]*"/g, '""'))),
      [],
    )
    assert.ok(text.includes(`<style nonce="${nonce}">`))
    assert.equal(text.match(/<style/g)?.length, 1)
    assert.ok((text.match(/<script/g)?.length ?? 0) <= 1)
  })
}

for (const locale of locales) {
  test(`every page in ${locale} fits in 12 kB, has one heading, a label for each field and each id once`, () => {
    for (const [name, page] of Object.entries(samplePages(locale))) {
      const text = pageText(page, nonce)
      assert.ok(Buffer.byteLength(text) <= 12 * 1024, `${name} has ${Buffer.byteLength(text)} bytes`)
      assert.match(text, new RegExp(`^<!doctype html>\n<html lang="${locale}">`))
      assert.equal(text.match(/<h1/g)?.length, 1, name)
      assert.equal(text.match(/<main/g)?.length, 1, name)
      assert.doesNotMatch(text, /undefined|\[object|\{(?!seconds\})\w+\}(?![^<]*<\/(?:style|script)>)/, name)
      const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
      assert.equal(new Set(ids).size, ids.length, name)
      for (const [, list = ''] of text.matchAll(/ (?:aria-describedby|for)="([^"]+)"/g)) {
        for (const id of list.split(' ')) assert.ok(ids.includes(id), `${name} ${id}`)
      }
      // What a password manager reads and nobody sees needs no label.
      for (const [field] of text.matchAll(/<(?:input|select)(?! type="(?:hidden|text" hidden))[^>]*>/g)) {
        const id = / id="([^"]+)"/.exec(field)?.[1]
        assert.ok(text.includes(`<label for="${id}">`), `${name} ${field}`)
      }
    }
  })
}

test('the first page, with everything in it, is far below 20 kB, and its script below 1.5 kB', () => {
  const text = pageText(identifyView({ ...step, appName: 'Rota', identifier: '', error: undefined, ways: ['a text message'] }), nonce)
  assert.ok(Buffer.byteLength(text) <= 10 * 1024, `${Buffer.byteLength(text)} bytes`)
  assert.ok(Buffer.byteLength(String(script)) <= 1536, `${Buffer.byteLength(String(script))} bytes`)
  assert.doesNotMatch(text, /<link(?! rel="icon" href="data:)|<img|src=|@import/)
})

test('every form carries its token and posts to its flow, and every button says what it means', () => {
  for (const [name, page] of Object.entries(samplePages('nl'))) {
    const forms = pageText(page, nonce).match(/<form[\s\S]*?<\/form>/g) ?? []
    for (const form of forms) {
      assert.match(
        form,
        /^<form method="post" action="\/contoso.example\/sign-in\/V1StGXR8_Z5jdHi6B-myT" novalidate><input type="hidden" name="t" value="A{43}">/,
      )
      for (const [button] of form.matchAll(/<button(?! type="button")[^>]*>/g)) {
        assert.match(button, / name="(?:do|stay|keep|account|sign_out|organisation|method|way)" value="[^"]+"/, `${name} ${button}`)
      }
    }
  }
})

test('the code page of a known and of an unknown number is the same to the last letter', () => {
  // The door has nothing but what was typed to tell them apart by; a masked number of the directory comes after a proof.
  const known = pageText(codeView({ ...code, typedMasked: '+31 6 •••• ••78' }), nonce)
  const unknown = pageText(codeView({ ...code, typedMasked: '+31 6 •••• ••78' }), nonce)
  assert.equal(known, unknown)
  assert.match(known, /If .+ is known here/)
  assert.match(pageText(codeView({ ...code, typedMasked: '', maskedNumber: '+31 6 •••• ••78' }), nonce), /We sent a text message/)
})

test('the code field takes a pasted code, asks for digits and is offered the code of a text', () => {
  const field = /<input class="code"[^>]*>/.exec(pageText(codeView({ ...code, typedMasked: '•••• 78' }), nonce))?.[0] ?? ''
  for (const part of [
    'inputmode="numeric"',
    'autocomplete="one-time-code"',
    `maxlength="${codeMaxLength}"`,
    'pattern="[0-9]*"',
    'dir="ltr"',
  ]) {
    assert.ok(field.includes(part), part)
  }
  assert.doesNotMatch(field, /value=|aria-invalid/)
})

test('an error stands beside its field, is read out, and is the first thing the title says', () => {
  const text = pageText(identifyView({ ...step, appName: undefined, identifier: '06-12x4', error: 'malformed', ways: [] }), nonce)
  assert.match(text, /<title>Error: Sign in · Contoso<\/title>/)
  assert.match(text, /<p class="error" id="identifier-error" role="alert">This is neither/)
  assert.match(text, /value="06-12x4"[^>]* aria-describedby="identifier-error" aria-invalid="true"/)
})

test('how many tries are left is said in words that fit the number', () => {
  const said = (triesLeft: number) => pageText(codeView({ ...code, typedMasked: '', error: { kind: 'wrong', triesLeft } }), nonce)
  assert.match(said(1), /You can try once more/)
  assert.match(said(4), /You can try 4 more times/)
})

test('a page reads from right to left when its language does', () => {
  const page = identifyView({ ...step, appName: 'Rota', identifier: '', error: undefined, ways: [] })
  assert.match(pageText({ ...page, direction: 'rtl' }, nonce), /<html lang="en" dir="rtl">/)
  assert.match(pageText(page, nonce), /<html lang="en">/)
  assert.match(pageText(page, nonce), /<bdi class="apart" dir="auto">Rota<\/bdi>/)
})

test('a logo is a picture or nothing', () => {
  const withLogo = (logo: string) => {
    return pageText(
      identifyView({ ...step, brand: { ...step.brand, logo }, appName: undefined, identifier: '', error: undefined, ways: [] }),
      nonce,
    )
  }
  assert.match(withLogo('data:image/png;base64,iVBORw0KGgo='), /<img src="data:image\/png;base64,iVBORw0KGgo=" alt="Contoso">/)
  for (const wrong of [
    'data:image/svg+xml;base64,PHN2Zz4=',
    'https://evil.example/a.png',
    'data:image/png;base64,A"onload="x',
    'javascript:1',
  ]) {
    assert.doesNotMatch(withLogo(wrong), /<img/, wrong)
  }
})
