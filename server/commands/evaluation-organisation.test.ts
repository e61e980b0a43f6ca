import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayReceiveTexts, parsePhoneNumber } from '#server/domain/phone-number.ts'
import { findSignIn } from '#server/domain/sms-sign-in.ts'
import { migrate } from '#server/store/migrate.ts'
import { Installation } from '#server/system.ts'
import { databases, masterKey, publicUrl } from '#test/world.ts'
import { makeEvaluationOrganisation } from './evaluation-organisation.ts'
import { domain, people } from './evaluation-people.ts'

for (const { name, fresh } of databases) {
  test(`everybody in the stores of the sample organisation signs in with a number of their own, on ${name}`, async () => {
    const database = await fresh()
    await migrate(database)
    const installation = new Installation({ database, masterKey, publicUrl, now: () => new Date() })
    await makeEvaluationOrganisation(installation)
    await makeEvaluationOrganisation(installation)
    const system = await installation.systemOf((await installation.tenants.findIdByDomain(domain)) ?? '')
    assert.ok(system)
    const numbers = people.flatMap((person) => (person.number && !person.role ? [{ person, parsed: parsePhoneNumber(person.number) }] : []))
    assert.deepEqual(numbers.map(({ person }) => person.name).join(), 'anna,bram,noor,lars,ebba,tom')
    for (const { person, parsed } of numbers) {
      assert.ok(parsed.kind === 'number' && mayReceiveTexts(parsed.number), person.number)
      const found = await findSignIn(system, parsed.number, system.now())
      assert.partialDeepStrictEqual(found, { state: 'ready', user: { displayName: person.displayName } })
    }
    const bram = await system.users.find(`bram@${domain}`)
    const asked = [...(await system.methodPolicies.standingsOf(bram?.id ?? '')).entries()].filter(
      ([, { isRegistrationRequired }]) => isRegistrationRequired,
    )
    assert.deepEqual(
      asked.map(([method]) => method),
      ['email'],
      'one is asked for more as he signs in',
    )
    await database.close()
  })
}
