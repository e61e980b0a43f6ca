import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSmsGateways } from './gateway-options.ts'

const good = {
  name: 'provider-1',
  url: 'https://sms.example.com/v1/messages',
  headers: { Authorization: 'Bearer hunter2' },
  body: { to: '{to}', body: '{text}' },
  from: 'Contoso',
}

function read(list: unknown): ReturnType<typeof readSmsGateways> {
  const problems: string[] = []
  const gateways = readSmsGateways(typeof list === 'string' ? list : JSON.stringify(list), problems)
  assert.deepEqual(problems, [])
  return gateways
}

function problemsOf(list: unknown): string[] {
  const problems: string[] = []
  readSmsGateways(typeof list === 'string' ? list : JSON.stringify(list), problems)
  return problems
}

test('a gateway has what was given, and the usual for the rest', () => {
  assert.deepEqual(read([good]), [
    {
      name: 'provider-1',
      url: 'https://sms.example.com/v1/messages',
      method: 'POST',
      headers: { authorization: 'Bearer hunter2' },
      body: '{"to":"{to}","body":"{text}"}',
      contentType: 'json',
      from: 'Contoso',
      perSecond: 10,
      secret: undefined,
    },
  ])
  assert.deepEqual(readSmsGateways(undefined, []), [])
  assert.equal(read([{ ...good, url: 'http://localhost:8080/send' }])[0]?.url, 'http://localhost:8080/send')
  assert.equal(read([{ name: 'get', method: 'GET', url: 'https://sms.example.com/?to={to}&text={text}' }])[0]?.method, 'GET')
})

const bad: readonly (readonly [string, unknown, RegExp])[] = [
  ['no JSON', 'provider', /not a JSON list/],
  ['no list', { ...good }, /not a JSON list/],
  ['an empty list', [], /not a JSON list/],
  ['two of one name', [good, good], /two gateways of one name/],
  ['a setting nobody knows', [{ ...good, hunter2: 1 }], /a setting nobody knows/],
  ['no name', [{ ...good, name: '' }], /name is missing/],
  ['no address', [{ ...good, url: 'sms' }], /url is not an address/],
  ['http to another machine', [{ ...good, url: 'http://sms.example.com' }], /url is http/],
  ['a file', [{ ...good, url: 'file:///etc/passwd' }], /url is not an address/],
  ['a host that depends on the number', [{ ...good, url: 'https://{to}.example.com' }], /name of the host/],
  ['a password in the address', [{ ...good, url: 'https://user:hunter2@sms.example.com' }], /url holds a password/],
  ['headers that break the line', [{ ...good, headers: { a: 'b\r\nhunter2: d' } }], /headers is no object/],
  ['headers that are a list', [{ ...good, headers: ['hunter2'] }], /headers is no object/],
  ['a body without the text', [{ ...good, body: '{to}' }], /where \{text\} goes/],
  ['a method nobody sends by', [{ ...good, method: 'DELETE' }], /method is not/],
  ['a content type nobody reads', [{ ...good, contentType: 'xml' }], /contentType is neither/],
  ['no pace', [{ ...good, perSecond: 0 }], /perSecond/],
  ['a short secret', [{ ...good, secret: 'hunter2' }], /secret is short/],
]

for (const [name, list, expected] of bad) {
  test(`${name} is told, without telling secrets`, () => {
    const problems = problemsOf(list)
    assert.equal(problems.length, 1, problems.join('\n'))
    assert.match(problems[0] ?? '', expected)
    assert.ok(!problems.join().includes('hunter2'))
  })
}
