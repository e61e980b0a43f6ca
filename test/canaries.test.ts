import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Database } from '#server/store/database.ts'
import { databases, startWorld, type World } from './world.ts'

/** Things that must never be written down. Each is searched for in every form it might take. */
const canaries = {
  number: '+31 6 87654321',
  digits: '+31687654321',
  code: '493817',
  password: 'Zeppelin-Marmelade-77',
  token: 'eyJhbGciOiJFUzI1NiJ9.eyJvaWQiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ',
}

const metricsToken = 'a token of enough letters for metrics'

async function assertUnsaid(world: World): Promise<void> {
  assert.ok(world.logged.length > 0)
  const metrics = await world.client(undefined).get('/metrics', { authorization: `Bearer ${metricsToken}` })
  assert.equal(metrics.status, 200)
  const written = [...world.logged, metrics.text].join('\n')
  for (const [what, canary] of Object.entries(canaries)) {
    for (const form of [canary, encodeURIComponent(canary), Buffer.from(canary).toString('base64')]) {
      assert.ok(!written.includes(form), `the ${what} was written: ${written.split('\n').find((line) => line.includes(form))}`)
    }
  }
}

/** Says every canary in every place a request has. */
async function sing(world: World): Promise<void> {
  const admin = await world.as('Global Administrator')
  const stranger = world.client(canaries.token)
  const anna = await world.person('anna')
  const person = {
    accountEnabled: true,
    displayName: canaries.code,
    mailNickname: 'anna',
    userPrincipalName: `a@${world.domain}`,
    mobilePhone: canaries.number,
    businessPhones: [canaries.digits],
    passwordProfile: { password: canaries.password },
  }
  await admin.post('/v1.0/users', person)
  await admin.post('/v1.0/users', { ...person, mobilePhone: 1 })
  await admin.post('/v1.0/users', `${JSON.stringify(person)}}`)
  await admin.post('/v1.0/users', { ...person, [canaries.password]: canaries.code })
  await admin.patch(`/v1.0/users/${anna.id}`, { passwordProfile: { password: canaries.password } })
  const me = await world.signedIn(anna.id)
  await me.post('/sesam/v1/me/password/check', { newPassword: canaries.password })
  await me.post('/v1.0/me/changePassword', { currentPassword: canaries.password, newPassword: canaries.password })
  await me.post('/v1.0/me/changePassword', { currentPassword: canaries.password, [canaries.password]: canaries.password })
  const reset = `/v1.0/users/${anna.id}/authentication/methods/28c10230-6103-485e-b985-444c60001490/resetPassword`
  await admin.post(reset, { newPassword: canaries.password })
  for (const canary of Object.values(canaries)) {
    const text = encodeURIComponent(canary)
    await admin.get(`/v1.0/users/${text}`)
    await admin.get(`/v1.0/users?$filter=displayName eq '${text}'`.replaceAll(' ', '%20'))
    await admin.get(`/v1.0/users?$filter=${text}`)
    await admin.get(`/v1.0/users?code=${text}&$skiptoken=${text}`)
    await admin.get(`/${text}`)
    await admin.get(`/v1.0/users/%zz${text}`)
    await admin.get('/v1.0/me', { host: canary })
    await admin.get('/v1.0/me', {
      cookie: `session=${canary}`,
      'user-agent': canary,
      'accept-language': canary,
      'client-request-id': canary,
    })
    await admin.get('/v1.0/me', { traceparent: canary, 'x-forwarded-for': canary })
    await admin.post('/v1.0/users', canary, { 'content-type': canary })
    await stranger.get(`/v1.0/users/${text}`)
    await world.client(undefined).get('/v1.0/me', { authorization: `Basic ${canary}` })
    await admin.post('/v1.0/$batch', { requests: [{ id: canary, method: 'GET', url: `/users/${text}`, headers: { prefer: canary } }] })
  }
}

for (const database of databases) {
  test(`nothing secret is written in the log or the metrics, on ${database.name}`, async () => {
    await using world = await startWorld(database, { metricsToken })
    await sing(world)
    await assertUnsaid(world)
  })

  test(`nothing secret is written when the store fails and says what it was given, on ${database.name}`, async () => {
    const good = await database.shared()
    let isBroken = false
    const chatty: Database = {
      ...good,
      inTransaction: (work) => {
        if (isBroken) throw storeError()
        return good.inTransaction(work)
      },
    }
    await using world = await startWorld(database, { database: chatty, metricsToken })
    const admin = await world.as('Global Administrator')
    isBroken = true
    const answer = await admin.post('/v1.0/users', {
      accountEnabled: true,
      displayName: 'Anna',
      mailNickname: 'anna',
      userPrincipalName: `a@${world.domain}`,
      mobilePhone: canaries.number,
    })
    assert.equal(answer.status, 500)
    assert.equal(answer.body.error.code, 'generalException')
    assert.match(answer.body.error.message, /^Something went wrong on our side\./)
    assert.ok(world.logged.some((line) => line.includes('internal_error') && line.includes(answer.body.error.innerError['request-id'])))
    for (const canary of Object.values(canaries)) assert.ok(!answer.text.includes(canary))
    await assertUnsaid(world)
  })
}

/** As a driver makes them: the values of the row in the message, in the details and in the cause. */
function storeError(): Error {
  const { number, digits, code, token } = canaries
  const error = new Error(`duplicate key value: (${number}, ${digits}, ${code}, ${token})`, { cause: new Error(canaries.password) })
  return Object.assign(error, { detail: `Failing row contains (${canaries.password})`, parameters: Object.values(canaries) })
}
