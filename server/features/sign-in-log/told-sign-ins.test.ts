import assert from 'node:assert/strict'
import { test } from 'node:test'
import { locales } from '#contract/locale.ts'
import { signInResults } from '#server/domain/sign-in-results.ts'
import { message } from '#server/locale.ts'
import { databases, startWorld, type TestAnswer } from '#test/world.ts'
import { adviceOn } from './advice.ts'
import { attempt, failedSignIn, phone, signIn, textStep } from './sign-ins.fixture.ts'

const log = '/sesam/v1/auditLogs/signIns'

function idsIn({ body }: TestAnswer): string[] {
  return body.value.map((entry: { id: string }) => entry.id)
}

test('every way a sign-in can end has something an administrator can do, in every language', () => {
  for (const code of Object.keys(signInResults)) {
    for (const locale of locales) assert.ok(message(locale, adviceOn(Number(code)).toDo).length > 5, `${code} in ${locale}`)
  }
})

for (const database of databases) {
  test(`an attempt is told step by step, with what to do, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const failed = await failedSignIn(world, anna)
    await world.system.inTransaction(({ signIns }) => signIns.step(failed.id, textStep(world.now, 'wrongCode'), 50126))
    const reader = await world.as('Security Reader')
    const { body: told } = await reader.get(`${log}/${failed.id}`, { 'accept-language': 'nl' })
    assert.equal(told.outcome, 'failure')
    assert.deepEqual(
      told.steps.map(({ sentence, method, succeeded }: Record<string, unknown>) => [sentence, method, succeeded]),
      [
        ['Iemand wilde zich aanmelden bij Rota en typte het nummer +XX X XXXXXX78.', null, null],
        ['Er is een foute code ingevuld.', 'Sms', false],
        ['Niet aangemeld.', null, false],
      ],
    )
    assert.equal(told.whatHappened, 'Er is een foute code of een fout wachtwoord ingevuld.')
    assert.match(told.whatToDo, /^Af en toe is dit gewoon/)
    assert.deepEqual(told.remedies, ['samePerson', 'sameAddress', 'methods'])
    assert.equal(told.mayReveal, false)
    const admin = await world.as('Authentication Administrator', 'Security Reader')
    assert.equal((await admin.get(`${log}/${failed.id}`)).body.mayReveal, true)
    const stranger = await failedSignIn(world, undefined)
    const { body: unknown } = await reader.get(`${log}/${stranger.id}`)
    assert.deepEqual(unknown.remedies, ['sameAddress'])
    assert.match(unknown.whatToDo, /^Check how the person writes it/)
  })

  test(`the log is filtered by how it ended and what was proven with, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna')
    const good = await signIn(world, anna)
    const bad = await failedSignIn(world, anna)
    const left = attempt(world, anna, { result: 50058 })
    await world.system.inTransaction(({ signIns }) => signIns.open(left))
    const reader = await world.as('Reports Reader')
    const ask = async (filter: string) => idsIn(await reader.get(`${log}?$filter=${encodeURIComponent(filter)}`))
    assert.deepEqual(await ask(`outcome eq 'success'`), [good.id])
    assert.deepEqual(await ask(`outcome eq 'failure'`), [bad.id])
    assert.deepEqual(await ask(`outcome eq 'interrupted'`), [left.id])
    assert.deepEqual(await ask(`outcome in ('success','failure')`), [bad.id, good.id])
    assert.deepEqual(await ask(`outcome eq 'anything'`), [])
    const method = (name: string) => `authenticationDetails/any(d:d/authenticationMethod eq '${name}')`
    assert.deepEqual(await ask(method('Text message')), [good.id])
    assert.deepEqual(await ask(method('Password')), [])
    assert.deepEqual(await ask(method(`%' or 1=1 --`).replace(`'%'`, `'%''`)), [])
    const both = `authenticationDetails/any(d:d/authenticationMethod in ('Password','Text message')) and outcome eq 'success'`
    assert.deepEqual(await ask(both), [good.id])
    const [row] = (await reader.get(`${log}?$top=1&$select=outcome`)).body.value
    assert.deepEqual(Object.keys(row).toSorted(), ['id', 'outcome'])
  })

  test(`the log leaves as a file that is masked, safe to open and known to the audit log, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await world.person('anna', { displayName: '=HYPERLINK("http://evil.example")' })
    await signIn(world, anna)
    await failedSignIn(world, anna, { appDisplayName: '@SUM(1)' })
    const reader = await world.as('Reports Reader')
    const { status, text, headers } = await reader.get(`${log}/export?$filter=${encodeURIComponent(`outcome eq 'failure'`)}`)
    assert.equal(status, 200, text)
    assert.match(String(headers['content-disposition']), /attachment; filename="sign-ins.csv"/)
    const rows = text.trim().split('\r\n')
    assert.equal(rows.length, 2)
    assert.match(rows[1] ?? '', /,failure,50126,/)
    assert.match(text, /"'=HYPERLINK\(""http/)
    assert.match(text, /,'@SUM\(1\),/)
    assert.match(text, /,'\+XX X XXXXXX78,/)
    assert.ok(!text.includes(phone) && !text.includes('12345678'))
    const event = (await world.auditEvents()).at(-1)
    assert.equal(event?.activity, 'Export log')
    assert.equal(event?.actor.kind === 'person' && event.actor.id, reader.id)
    const nobody = await world.signedIn((await world.person('nobody')).id)
    assert.equal((await nobody.get(`${log}/export`)).status, 403)
  })
}
