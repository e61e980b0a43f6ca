import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brandStyle, contrast, parsed } from './brand-colours.ts'
import { pageStyle } from './page-style.ts'

const grounds = ['#f6f1e9', '#fffdfa', '#151210', '#1f1b18']

function variables(css: string): Record<string, string | undefined>[] {
  return css
    .split('@media')
    .map((part) => Object.fromEntries([...part.matchAll(/(--[\w-]+):([^;}]+)/g)].map(([, name = '', value]) => [name, value])))
}

function ratio(one: string | undefined, other: string | undefined): number {
  const [a, b] = [parsed(one ?? ''), parsed(other ?? '')]
  assert.ok(a && b, `${one} ${other}`)
  return contrast(a, b)
}

test('whatever the colour, its text can be read on the grounds, on it text can be read, and its buttons have an edge', () => {
  const steps = ['00', '33', '66', '80', '99', 'cc', 'ff']
  for (const red of steps) {
    for (const green of steps) {
      for (const blue of steps) {
        const [light, dark] = variables(String(brandStyle(`#${red}${green}${blue}`)))
        assert.ok(light && dark)
        assert.equal(light['--accent'], `#${red}${green}${blue}`)
        for (const [shades, own] of [
          [light, grounds.slice(0, 2)],
          [dark, grounds.slice(2)],
        ] as const) {
          assert.ok(ratio(shades['--on-accent'], shades['--accent']) >= 4.5)
          for (const ground of own) {
            assert.ok(ratio(shades['--ink'], ground) >= 4.5, `${shades['--ink']} on ${ground}`)
            assert.ok(ratio(shades['--edge'], ground) >= 3, `${shades['--edge']} on ${ground}`)
          }
        }
      }
    }
  }
})

test('a colour that is none, or more than one, changes nothing', () => {
  for (const wrong of [undefined, '', 'red', '#fff', '#12345g', '#123456;}body{display:none}', ' #123456', 'url(//evil.example)']) {
    assert.equal(brandStyle(wrong), undefined, wrong)
  }
})

test('the colours of the house can be read too', () => {
  for (const shades of variables(String(pageStyle)).slice(0, 2)) {
    const value = (name: string) => (/^#\w{3}$/.test(shades[name] ?? '') ? shades[name]?.replace(/\w/g, '$&$&') : shades[name])
    for (const ground of ['--ground', '--surface']) {
      for (const text of ['--text', '--soft', '--ink', '--bad']) assert.ok(ratio(value(text), value(ground)) >= 4.5, `${text} on ${ground}`)
      for (const line of ['--edge', '--edge-soft', '--focus']) assert.ok(ratio(value(line), value(ground)) >= 3, `${line} on ${ground}`)
    }
    assert.ok(ratio(value('--on-accent'), value('--accent')) >= 4.5)
    assert.ok(ratio(value('--bad'), value('--bad-ground')) >= 4.5)
  }
})
