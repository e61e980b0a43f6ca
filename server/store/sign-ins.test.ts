import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { SignInAttempt, SignInStep } from '#server/domain/sign-in-event.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const number = '+31 6 12345678'

function attemptAt(world: World): SignInAttempt {
  return {
    id: world.system.signIns.newId(world.now),
    startedAt: world.now,
    correlationId: randomUUID(),
    userId: undefined,
    userDisplayName: undefined,
    userPrincipalName: undefined,
    appId: randomUUID(),
    appDisplayName: 'Rota',
    identifier: number,
    identifierType: 'phoneNumber',
    address: '203.0.113.7',
    userAgent: 'curl/8',
    protocol: 'oAuth2',
    isInteractive: true,
    result: 50058,
  }
}

function stepAt(at: Date, result: SignInStep['result']): SignInStep {
  const succeeded = result === 'correctCode'
  return { at, method: 'Text message', detail: '+XX X XXXXXX78', succeeded, result, requirement: 'Primary authentication' }
}

for (const database of databases) {
  test(`an attempt goes on in its row, and a success stays one, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { signIns, inTransaction } = world.system
    const attempt = attemptAt(world)
    const { id } = attempt
    await inTransaction((stores) => stores.signIns.open(attempt))
    const { identifier, ...rest } = attempt
    const opened = {
      ...rest,
      identifierMasked: '+XX X XXXXXX78',
      sessionId: undefined,
      reportedAt: undefined,
      requirement: 'singleFactorAuthentication',
    }
    assert.deepEqual(await signIns.find(id), { ...opened, steps: [] })

    const [wrong, right] = [stepAt(world.now, 'wrongCode'), stepAt(world.now, 'correctCode')]
    const end = { step: right, sessionId: 's1', requirement: 'multiFactorAuthentication' } as const
    await inTransaction((stores) => stores.signIns.step(id, wrong, 50126))
    await inTransaction((stores) => stores.signIns.close(id, 0, end))
    await inTransaction((stores) => stores.signIns.step(id, wrong, 50126))
    const ended = { ...opened, result: 0, sessionId: 's1', requirement: 'multiFactorAuthentication', steps: [wrong, right] }
    assert.deepEqual(await signIns.find(id), ended)
    assert.equal(await signIns.revealIdentifier(id), identifier)
  })

  test(`whatever a stranger sends, the row stays small, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const { signIns, inTransaction } = world.system
    const odd = { ...attemptAt(world), identifier: '9'.repeat(100_000), userAgent: `\0${'🙂'.repeat(50_000)}` }
    await inTransaction(async (stores) => {
      await stores.signIns.open(odd)
      for (let tries = 0; tries < 200; tries++) await stores.signIns.step(odd.id, stepAt(world.now, 'wrongCode'), 50126)
    })
    const kept = (await signIns.find(odd.id)) ?? assert.fail('no row')
    assert.ok(kept.userAgent.length <= 512 && kept.userAgent.isWellFormed())
    assert.equal(kept.identifierMasked, `${'X'.repeat(62)}99`)
    assert.ok(kept.steps.length > 10 && kept.steps.length < 100)
    assert.equal((await signIns.revealIdentifier(odd.id))?.length, 320)
  })

  test(`steps of one moment are all kept, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const attempt = attemptAt(world)
    await world.system.inTransaction(({ signIns }) => signIns.open(attempt))
    const tries = Array.from({ length: 8 }, () =>
      world.system.inTransaction(({ signIns }) => signIns.step(attempt.id, stepAt(world.now, 'wrongCode'), 50126)),
    )
    await Promise.all(tries)
    assert.equal((await world.system.signIns.find(attempt.id))?.steps.length, 8)
  })
}
