import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceOf } from './device.ts'

const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'
const blink = 'AppleWebKit/537.36 (KHTML, like Gecko)'

const known: readonly [string, string | null, string | null][] = [
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Chrome/142.0.0.0 Safari/537.36`, 'Chrome 142', 'Windows'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`, 'Edge 142', 'Windows'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Chrome/58.0 Safari/537.36 Edge/16.16299`, 'Edge 16', 'Windows'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Chrome/141.0.0.0 Safari/537.36 OPR/124.0.0.0`, 'Opera 124', 'Windows'],
  ['Mozilla/5.0 (Windows NT 6.1; rv:115.0) Gecko/20100101 Firefox/115.0', 'Firefox 115', 'Windows'],
  [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) ${webkit} Version/17.1 Mobile/15E148 Safari/604.1`,
    'Mobile Safari 17',
    'iOS 17',
  ],
  [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${webkit} CriOS/142.0.1 Mobile/15E148 Safari/604.1`, 'Chrome 142', 'iOS 18'],
  [`Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) ${webkit} FxiOS/130.0 Mobile/15E148 Safari/605.1.15`, 'Firefox 130', 'iOS 16'],
  [`Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) ${webkit} Mobile/15E148`, null, 'iOS 17'],
  [`Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) ${webkit} Version/16.6 Mobile/15E148 Safari/604.1`, 'Mobile Safari 16', 'iPadOS 16'],
  [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/17.4 Safari/605.1.15`, 'Safari 17', 'macOS'],
  [`Mozilla/5.0 (Linux; Android 10; K) ${blink} Chrome/142.0.0.0 Mobile Safari/537.36`, 'Chrome 142', 'Android'],
  [`Mozilla/5.0 (Linux; Android 9; SM-G960F) ${blink} Chrome/90.0.4430.91 Mobile Safari/537.36`, 'Chrome 90', 'Android 9'],
  [
    `Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-A155F) ${blink} SamsungBrowser/24.0 Chrome/117.0 Mobile Safari/537.36`,
    'Samsung Internet 24',
    'Android 14',
  ],
  [
    `Mozilla/5.0 (Linux; Android 13; Pixel 7 Build/TQ2A; wv) ${blink} Version/4.0 Chrome/120.0.6099.43 Mobile Safari/537.36`,
    'Android WebView 120',
    'Android 13',
  ],
  ['Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0', 'Firefox 132', 'Android 14'],
  [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${blink} Chrome/142.0.0.0 Safari/537.36`, 'Chrome 142', 'ChromeOS'],
  [`Mozilla/5.0 (X11; Linux x86_64) ${blink} HeadlessChrome/142.0.0.0 Safari/537.36`, 'Chrome 142', 'Linux'],
  ['curl/8.5.0', null, null],
  ['', null, null],
  ['<script>alert(1)</script>', null, null],
]

test('a browser and its system are named as far as they say themselves', () => {
  for (const [userAgent, browser, operatingSystem] of known) {
    assert.deepEqual(deviceOf(userAgent), { browser, operatingSystem }, userAgent)
  }
})

test('what is made to take long does not take long', () => {
  const hostile = ['; wv)'.repeat(100), 'iPhone'.repeat(85), 'Version/1'.repeat(56), `Version/${'1.'.repeat(250)}`]
  const start = performance.now()
  for (let times = 0; times < 100; times++) for (const userAgent of hostile) deviceOf(userAgent)
  assert.ok(performance.now() - start < 2_000)
})
