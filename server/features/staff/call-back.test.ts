import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phoneMethodIds } from '#contract/graph/phone-methods.ts'
import { gsm7Length } from '#server/domain/gsm7.ts'
import { answer, at, codeOf, inPerson, linkTo, newNumber, oldNumber, type Store, storeIn } from '#test/staff-story.ts'
import { databases, startWorld, type World } from '#test/world.ts'
import { callBackText } from './call-back-text.ts'

const minute = 60_000

async function asked(world: World, { client, anna }: Store, change: 'replace' | 'remove' = 'replace') {
  const begun = await client.post(at(anna, '/callBacks'), { change, ...(change === 'replace' && { phoneNumber: newNumber }) })
  assert.equal(begun.status, 201, begun.text)
  const address = `/sesam/v1/staff/callBacks/${begun.body.id}`
  const state = async () => (await client.get(address)).body.state
  const finish = () => client.post(`${address}/finish`)
  return { digits: String(begun.body.digits), body: begun.body, state, finish, link: await linkTo(world) }
}

const wrong = (digits: string, by = 1) => String((Number(digits) + by) % 1000).padStart(3, '0')

for (const database of databases) {
  test(`the person answers the text to the old number with the manager's digits, and then the number changes, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const store = await storeIn(world)
    const { digits, body, state, finish, link } = await asked(world, store)
    assert.match(digits, /^\d{3}$/)
    assert.partialDeepStrictEqual(body, { sentTo: '+31 •••••••78', newPhoneNumber: '+31 687654321', state: 'waiting' })
    const text = await world.textTo(oldNumber)
    assert.match(text, /^Contoso: Maria Smit wants to change your phone number/)
    // The link may have them by chance.
    assert.ok(!text.replace(link, '').includes(digits))
    const page = await world.send('GET', link, undefined, {})
    assert.equal(page.status, 200)
    assert.match(page.text, /Maria Smit/)
    assert.match(page.text, /\+31 •••••••21/)
    const words = page.text.replace(/<style.*?<\/style>/s, '').replaceAll(/<[^>]*>/g, ' ')
    assert.ok(!words.includes(digits) && !page.text.includes('<script'))
    assert.equal(codeOf(await finish()), 'call_back_not_answered')
    assert.equal(await world.system.phones.signInNumberOf(store.anna.id), oldNumber)

    assert.match((await answer(world, link, { do: 'agree', digits })).text, /Thank you/)
    assert.equal(await state(), 'agreed')
    const done = await finish()
    assert.equal(done.status, 200, done.text)
    assert.equal(done.body.phoneNumber, '+31 •••••••21')
    assert.equal(await world.system.phones.signInNumberOf(store.anna.id), newNumber)
    assert.equal(await state(), 'done')
    assert.match(await world.textTo(oldNumber), /phone number changed/)
    const events = await world.auditEvents()
    assert.deepEqual(
      events.map(({ activity, details }) => [activity, details.Source, details.Confirmed]),
      [
        ['Call-back check started', 'My Staff', undefined],
        ['Call-back check passed', 'My Staff', undefined],
        ['Admin updated security info', 'My Staff', 'call-back'],
      ],
    )
    assert.ok(!JSON.stringify(events).includes('687654321'))
  })

  test(`a number is taken away the same way, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const store = await storeIn(world)
    const { digits, finish, link } = await asked(world, store, 'remove')
    await answer(world, link, { do: 'agree', digits: ` ${digits} ` })
    assert.equal((await finish()).body.phoneNumber, null)
    assert.deepEqual(await world.system.phones.ofUser(store.anna.id), [])
  })

  test(`the digits are tried three times and never again, however many try at once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const store = await storeIn(world)
    const { digits, state, finish, link } = await asked(world, store)
    assert.match((await answer(world, link, { do: 'agree', digits: '' })).text, /Type the three digits/)
    assert.match((await answer(world, link, { do: 'agree', digits: wrong(digits) })).text, /2 more tries/)
    const guesses = await Promise.all(
      Array.from({ length: 20 }, (_, index) => answer(world, link, { do: 'agree', digits: wrong(digits, 2 + index) })),
    )
    assert.equal(guesses.filter(({ status }) => status === 200).length, 1)
    assert.equal((await answer(world, link, { do: 'agree', digits })).status, 404)
    assert.equal(await state(), 'over')
    assert.equal(codeOf(await finish()), 'call_back_over')
    assert.equal(await world.system.phones.signInNumberOf(store.anna.id), oldNumber)
    assert.equal((await world.auditTrail()).filter((activity) => activity === 'Call-back check failed').length, 1)
  })

  test(`an answer counts once and is used once, however many send it at once, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const store = await storeIn(world)
    const { digits, finish, link } = await asked(world, store)
    const answers = await Promise.all([1, 2, 3].map(() => answer(world, link, { do: 'agree', digits })))
    assert.equal(answers.filter(({ text }) => text.includes('Thank you')).length, 1)
    const ends = await Promise.all([1, 2, 3, 4].map(finish))
    assert.equal(ends.filter(({ status }) => status === 200).length, 1, ends.map(({ text }) => text).join('\n'))
    assert.equal((await world.auditTrail()).filter((activity) => activity === 'Admin updated security info').length, 1)
  })

  test(`after ten minutes neither the link nor an answer is good, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const store = await storeIn(world)
    const late = await asked(world, store)
    world.turnClock(10 * minute)
    assert.equal((await world.send('GET', late.link, undefined, {})).status, 404)
    assert.equal((await answer(world, late.link, { do: 'agree', digits: late.digits })).status, 404)
    assert.equal(await late.state(), 'over')

    const left = await asked(world, store)
    await answer(world, left.link, { do: 'agree', digits: left.digits })
    world.turnClock(10 * minute)
    assert.equal(codeOf(await left.finish()), 'call_back_over')
    assert.equal(await world.system.phones.signInNumberOf(store.anna.id), oldNumber)
  })

  test(`no other link, manager or question stands in for it, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const store = await storeIn(world)
    const { client, bo, anna } = store
    await client.post(at(bo, '/number'), inPerson('+31611111111'))
    const about = await asked(world, store)
    await client.post(at(bo, '/callBacks'), { change: 'remove' })
    const bos = await linkTo(world, '+31611111111')
    assert.notEqual(bos, about.link)
    await answer(world, bos, { do: 'agree', digits: about.digits })
    assert.equal(await about.state(), 'waiting')
    assert.equal((await answer(world, `/c/${'A'.repeat(43)}`, { do: 'agree', digits: about.digits })).status, 404)

    const other = await world.as('Authentication Administrator')
    assert.equal((await other.get(`/sesam/v1/staff/callBacks/${about.body.id}`)).status, 404)
    await answer(world, about.link, { do: 'agree', digits: about.digits })
    assert.equal((await other.post(`/sesam/v1/staff/callBacks/${about.body.id}/finish`)).status, 404)
    // A later question takes its place, answered or not.
    const second = await asked(world, store, 'remove')
    assert.equal(codeOf(await about.finish()), 'call_back_over')
    assert.equal((await world.send('GET', about.link, undefined, {})).status, 404)
    // And who was asked at a number that is theirs no longer was not asked.
    await answer(world, second.link, { do: 'agree', digits: second.digits })
    await other.patch(`/v1.0/users/${anna.id}/authentication/phoneMethods/${phoneMethodIds.mobile}`, { phoneNumber: '+31622222222' })
    assert.equal(codeOf(await second.finish()), 'changed_meanwhile')
    assert.equal(await world.system.phones.signInNumberOf(anna.id), '+31622222222')
  })

  test(`a no is final, and for a day no manager changes the number in person either, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const store = await storeIn(world)
    const { client, anna } = store
    const { digits, state, finish, link } = await asked(world, store)
    assert.match((await answer(world, link, { do: 'refuse' })).text, /Nothing changes/)
    assert.equal(await state(), 'refused')
    assert.equal((await answer(world, link, { do: 'agree', digits })).status, 404)
    assert.equal(codeOf(await finish()), 'call_back_refused')
    assert.equal((await client.get(at(anna))).body.number.because.code, 'call_back_refused')
    assert.equal(codeOf(await client.post(at(anna, '/number'), inPerson(newNumber))), 'call_back_refused')
    assert.equal(codeOf(await client.post(at(anna, '/removeNumber'), { isConfirmedInPerson: true })), 'call_back_refused')
    assert.equal((await world.auditEvents()).at(-1)?.activity, 'Call-back check refused')
    world.turnClock(24 * 60 * minute)
    const later = await world.signedIn(store.manager.id)
    assert.equal((await later.post(at(anna, '/number'), inPerson(newNumber))).status, 200)
  })

  test(`a role the manager lost while the person answered changes nothing any more, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const store = await storeIn(world)
    const { digits, finish, link } = await asked(world, store)
    await answer(world, link, { do: 'agree', digits })
    await world.system.inTransaction(({ units }) => units.removeMember(store.unit.id, store.anna.id))
    assert.equal(codeOf(await finish()), 'target_out_of_reach')
    assert.equal(await world.system.phones.signInNumberOf(store.anna.id), oldNumber)
  })

  test(`one person is asked five times in a day and no more, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const store = await storeIn(world)
    const ask = () => store.client.post(at(store.anna, '/callBacks'), { change: 'remove' })
    const answers = await Promise.all(Array.from({ length: 8 }, ask))
    assert.equal(answers.filter(({ status }) => status === 201).length, 5)
    assert.deepEqual([...new Set(answers.filter(({ status }) => status !== 201).map(codeOf))], ['call_back_too_many'])
  })
}

test('the text is one message however long the names are, and always brings the link whole', () => {
  const link = `https://sign-in.contoso.example/c/${'a'.repeat(43)}`
  for (const locale of ['en', 'nl', 'sv'] as const) {
    for (const [organisation, manager] of [
      ['Contoso', 'Maria Smit'],
      ['Coöperatieve Vereniging van Winkels en Warenhuizen', 'Maria-Magdalena van den Berg-Johannesdottir de Oude'],
    ] as const) {
      const text = callBackText({ locale, organisation, manager, link })
      assert.ok((gsm7Length(text) ?? 999) <= 160, `${text.length}: ${text}`)
      assert.ok(text.endsWith(link), text)
    }
  }
})
