import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { EgressRefused, egress, isInside } from './egress.ts'

const out = egress({ allowsLoopback: false })

const inner = [
  'https://127.0.0.1/',
  'https://localhost/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://10.1.2.3/',
  'https://172.31.255.255/',
  'https://192.168.0.1/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data',
  'https://[fd00::1]/',
  'https://[fe80::1]/',
  'https://0.0.0.0/',
  // A decimal spelling of 127.0.0.1.
  'https://2130706433/',
  'http://93.184.215.14/',
  'file:///etc/passwd',
  'ftp://93.184.215.14/',
]

for (const address of inner) {
  test(`${address} is not fetched for anybody`, async () => {
    await assert.rejects(out(address), EgressRefused)
  })
}

test('what lies outside is told from what lies inside', () => {
  for (const address of ['93.184.215.14', '2606:2800:220:1::1', '172.32.0.1', '100.128.0.1'])
    assert.equal(isInside(address), false, address)
  for (const address of ['64:ff9b::a00:1', '2002:7f00:1::', '224.0.0.1']) assert.equal(isInside(address), true, address)
})

test('in an evaluation an app on this machine is told, is followed nowhere and may not talk for long', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/on') response.writeHead(302, { location: 'https://169.254.169.254/' }).end()
    else if (request.url === '/long') response.end(Buffer.alloc(100_000))
    else request.pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo
  const here = egress({ allowsLoopback: true })
  try {
    const echoed = await here(`http://127.0.0.1:${port}/`, { method: 'POST', body: new URLSearchParams({ logout_token: 'x' }) })
    assert.deepEqual([echoed.status, await echoed.text()], [200, 'logout_token=x'])
    assert.equal((await here(`http://127.0.0.1:${port}/on`)).status, 302)
    await assert.rejects(here(`http://127.0.0.1:${port}/long`), EgressRefused)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
