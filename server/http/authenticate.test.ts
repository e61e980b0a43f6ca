import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { roleIdOf } from '#server/domain/roles.ts'
import { type Client, databases, startWorld, type World } from '#test/world.ts'

/** Sends all of a request but the end of its body, and that only when something else has happened. Tells the status of the answer. */
async function sendSlowly(
  world: World,
  { token }: Client,
  [method, path, body]: readonly [string, string, object],
  meanwhile: () => Promise<void>,
) {
  await world.app.listen({ host: '127.0.0.1', port: 0 })
  const address = world.app.server.address()
  assert.ok(typeof address === 'object' && address)
  const text = JSON.stringify(body)
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'Host: sesam.test',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    `Content-Length: ${text.length}`,
    'Connection: close',
  ]
  const letIn = new Promise((resolve) => {
    world.app.server.once('request', (_request, response) => setTimeout(resolve, 100, response))
  })
  const socket = connect(address.port, '127.0.0.1')
  socket.write(`${lines.join('\r\n')}\r\n\r\n${text.slice(0, 1)}`)
  await letIn
  await meanwhile()
  socket.write(text.slice(1))
  let heard = ''
  for await (const part of socket.setEncoding('utf8')) heard += part
  return Number(heard.slice('HTTP/1.1 '.length).slice(0, 3))
}

type Story = readonly [
  what: string,
  status: number,
  meanwhile: (boss: Client, rogueId: string) => Promise<{ status: number; text: string }>,
]

const stories: readonly Story[] = [
  ['was disabled', 401, (boss, id) => boss.patch(`/v1.0/users/${id}`, { accountEnabled: false })],
  ['was deleted', 401, (boss, id) => boss.delete(`/v1.0/users/${id}`)],
  ['was signed out everywhere', 401, (boss, id) => boss.post(`/v1.0/users/${id}/revokeSignInSessions`)],
  ['lost the role', 409, (boss, id) => boss.delete(`/v1.0/directoryRoles/${roleIdOf('Global Administrator')}/members/${id}/$ref`)],
]

for (const database of databases) {
  for (const [what, status, meanwhile] of stories) {
    test(`who ${what} while a request was still arriving changes nothing with it, on ${database.name}`, async () => {
      await using world = await startWorld(database)
      const boss = await world.as('Global Administrator')
      const rogue = await world.as('Global Administrator')
      const victim = await world.person('victim')
      const request = ['PATCH', `/v1.0/users/${victim.id}`, { department: 'Taken over' }] as const
      const heard = await sendSlowly(world, rogue, request, async () => {
        const { status, text } = await meanwhile(boss, rogue.id)
        assert.ok(status < 300, text)
      })
      assert.equal(heard, status)
      assert.equal((await world.system.users.find(victim.id))?.department, undefined)
      assert.equal((await world.auditTrail()).length, 1)
    })
  }
}
