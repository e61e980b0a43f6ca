import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readVoiceGateways } from './voice-gateway-options.ts'

const good = {
  name: 'calls-1',
  url: 'https://voice.example.com/v1/calls',
  body: { to: '{to}', report_to: '{callback}' },
  secret: 'sixteen letters of it',
}

function read(row: object): { problems: string[]; gateways: ReturnType<typeof readVoiceGateways> } {
  const problems: string[] = []
  return { gateways: readVoiceGateways(JSON.stringify([row]), problems), problems }
}

test('a provider of calls is described as one of texts, with what only calls need', () => {
  assert.deepEqual(read(good).problems, [])
  assert.partialDeepStrictEqual(read(good).gateways, [{ name: 'calls-1', dialsExtensions: false, method: 'POST', perSecond: 10 }])
  assert.equal(read({ ...good, dialsExtensions: true }).gateways[0]?.dialsExtensions, true)
  assert.deepEqual(readVoiceGateways(undefined, []), [])
})

const bad: [object, RegExp][] = [
  [{ ...good, secret: undefined }, /gateway 1: secret is missing/],
  [{ ...good, secret: 'short' }, /secret is short enough to guess/],
  [{ ...good, body: { to: '{to}' } }, /nothing says where \{callback\} goes/],
  [{ ...good, url: 'http://voice.example.com' }, /url is http/],
  [{ ...good, dialsExtensions: 'yes' }, /dialsExtensions is neither true nor false/],
  [{ ...good, colour: 'red' }, /VOICE_GATEWAYS, gateway 1: has a setting nobody knows/],
]

for (const [row, problem] of bad)
  test(`what is wrong is named without quoting it: ${problem.source}`, () => {
    const { problems } = read(row)
    assert.ok(
      problems.some((each) => problem.test(each)),
      problems.join('\n'),
    )
    assert.ok(!problems.some((each) => each.includes('sixteen letters')))
  })
