import assert from 'node:assert/strict'
import { test } from 'node:test'
import fastify from 'fastify'
import { type CookieOptions, readCookie, removeCookie, setCookie } from './cookies.ts'

async function written(write: (reply: Parameters<typeof setCookie>[0]) => void): Promise<string[]> {
  const app = fastify()
  app.get('/', async (_request, reply) => {
    write(reply)
    return reply.send('')
  })
  const answer = await app.inject('/')
  await app.close()
  return [answer.headers['set-cookie'] ?? []].flat()
}

const read = (cookie: string | undefined, name: string, path?: string) =>
  readCookie({ headers: cookie === undefined ? {} : { cookie } }, name, path)

test('a cookie is for this host alone, over https alone, and out of reach of scripts and of other sites', async () => {
  const cases: readonly [CookieOptions | undefined, string][] = [
    [undefined, '__Host-session=a.b-c_d; Path=/; Secure; HttpOnly; SameSite=Lax'],
    [{ maxAgeSeconds: 60.9 }, '__Host-session=a.b-c_d; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60'],
    [{ maxAgeSeconds: -5 }, '__Host-session=a.b-c_d; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0'],
    [{ path: '/inbox' }, '__Secure-session=a.b-c_d; Path=/inbox; Secure; HttpOnly; SameSite=Lax'],
  ]
  for (const [options, line] of cases) assert.deepEqual(await written((reply) => setCookie(reply, 'session', 'a.b-c_d', options)), [line])
})

test('two cookies in one answer are both kept, and one can be taken back', async () => {
  const lines = await written((reply) => {
    setCookie(reply, 'one', '1')
    removeCookie(reply, 'two')
  })
  assert.deepEqual(
    lines.map((line) => line.split(';', 1)[0]),
    ['__Host-one=1', '__Host-two='],
  )
  assert.match(lines[1] ?? '', /; Max-Age=0$/)
})

test('a value cannot add an attribute or a header', async () => {
  const app = fastify()
  app.get('/', async (_request, reply) => {
    for (const value of ['a; Domain=evil.example', 'a\r\nSet-Cookie: b=c', 'a b', 'é', '"a"', 'a,b']) {
      assert.throws(() => setCookie(reply, 'session', value), /would need escaping/)
    }
    return reply.send('fine')
  })
  assert.equal((await app.inject('/')).body, 'fine')
  await app.close()
})

test('only the guarded name is read', () => {
  assert.equal(read('__Host-session=right', 'session'), 'right')
  assert.equal(read('a=b;__Host-session=right ; c=d', 'session'), 'right')
  assert.equal(read('__Host-session=a=b', 'session'), 'a=b')
  assert.equal(read('__Secure-flow=x', 'flow', '/inbox'), 'x')
  for (const other of [
    undefined,
    '',
    ';;=;',
    'session=planted',
    '__Secure-session=planted',
    '__host-session=planted',
    '__Host-session',
    'x__Host-session=planted',
    'a="; __Host-sessions=planted"',
  ])
    assert.equal(read(other, 'session'), undefined, other)
})
