import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emailMethodId } from '#contract/graph/email-methods.ts'
import { phoneMethodIds } from '#contract/graph/phone-methods.ts'
import { usualLimits } from '#server/domain/budget.ts'
import { canonicalAddress } from '#server/domain/email-address.ts'
import type { User } from '#server/domain/user.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const hour = 60 * 60 * 1000
const address = 'anna@contoso.example'
const mobile = '+31612345678'
const phonesOf = (user: User) => `/v1.0/users/${user.id}/authentication/phoneMethods`
const linkIn = (text: string) => /https:\/\/sesam\.test(\/n\/[\w-]{43})/.exec(text)?.[1] ?? assert.fail(text)

/** Anna has a number she signs in with and an address, and everybody may have both. */
async function annaIn(world: World): Promise<User> {
  await world.allow('sms')
  await world.allow('email')
  const anna = await world.person('anna')
  await world.number(anna, mobile)
  await giveAddress(world, anna)
  return anna
}

async function giveAddress(world: World, user: User): Promise<void> {
  const email = { userId: user.id, address: canonicalAddress(address), provenAt: world.now }
  await world.system.inTransaction(({ emailMethods }) => emailMethods.add(email, world.now))
}

/** Everybody who was told anything, and by what. */
async function told(world: World): Promise<string[]> {
  await world.textsSent()
  const mails = world.mailbox.messages().map(({ to, subject }) => `${to}: ${subject.replace('Contoso: ', '')}`)
  const texts = world.inbox.messages().map(({ to, text }) => `${to}: ${/Contoso: (.+?), /.exec(text)?.[1]}`)
  return [...texts, ...mails].sort()
}

const press = (world: World, link: string) => world.send('POST', link, undefined, {})

for (const database of databases) {
  test(`a number an administrator changes is told to the address and to the old number, never to the new one, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await annaIn(world)
    const admin = await world.as('Authentication Administrator')
    const changed = await admin.patch(`${phonesOf(anna)}/${phoneMethodIds.mobile}`, { phoneNumber: '+31 687654321' })
    assert.equal(changed.status, 204, changed.text)
    assert.deepEqual(await told(world), [`${mobile}: phone number changed`, `${address}: phone number changed`])
    const { text } = await world.mailTo(address)
    assert.match(text, /An administrator of your organisation did this/)
    assert.match(text, /\+31 XXXXXXX21/)
    assert.ok(!text.includes('31687654321') && !text.includes('203.'), text)
  })

  test(`what a person does themselves is told with the browser and the address it came from, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await annaIn(world)
    const own = await world.signedIn(anna.id)
    const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
    const gone = await own.delete(`/v1.0/me/authentication/emailMethods/${emailMethodId}`, { 'user-agent': userAgent })
    assert.equal(gone.status, 204, gone.text)
    assert.deepEqual(await told(world), [`${mobile}: e-mail address removed`, `${address}: e-mail address removed`], 'the old owner too')
    assert.match((await world.mailTo(address)).text, /with your own account, from: Firefox 140, Linux, 127\.0\.0\.1\./)

    const off = await own.post(`/v1.0/me/authentication/phoneMethods/${phoneMethodIds.mobile}/disableSmsSignIn`)
    assert.equal(off.status, 204)
    assert.ok((await told(world)).includes(`${mobile}: sign-in by text switched off`))
  })

  test(`a first number and a first address are told to nobody, for nobody else is known, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const [anna, bert] = [await world.person('anna'), await world.person('bert')]
    const admin = await world.as('Authentication Administrator')
    assert.equal((await admin.post(phonesOf(anna), { phoneNumber: mobile, phoneType: 'mobile' })).status, 201)
    const given = await admin.post(`/v1.0/users/${bert.id}/authentication/emailMethods`, { emailAddress: address })
    assert.equal(given.status, 201)
    assert.deepEqual(await told(world), [])
  })

  test(`who says it was not them ends every session, and the number proves nobody any more, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await world.person('anna')
    await giveAddress(world, anna)
    const admin = await world.as('Authentication Administrator')
    await admin.post(phonesOf(anna), { phoneNumber: mobile, phoneType: 'mobile' })
    await world.system.inTransaction(({ knownBrowsers }) => knownBrowsers.remember('a browser', anna.id, world.now))
    const link = linkIn((await world.mailTo(address)).text)
    const session = await world.signedIn(anna.id)

    const page = await world.send('GET', link, undefined, { 'accept-language': 'nl' })
    assert.equal(page.status, 200)
    assert.match(page.text, /Was jij dit niet\?[\s\S]+telefoonnummer toegevoegd[\s\S]+Dit was ik niet/)
    assert.equal((await session.get('/v1.0/me')).status, 200, 'looking changes nothing')
    assert.equal((await world.system.phones.find(anna.id, 'mobile'))?.isSignInName, true)

    const done = await press(world, link)
    assert.equal(done.status, 200)
    assert.match(done.text, /Your account is safe for now/)
    assert.equal((await session.get('/v1.0/me')).status, 401)
    assert.equal(await world.system.phones.find(anna.id, 'mobile'), undefined)
    assert.equal(await world.system.knownBrowsers.isKnown('a browser', anna.id, world.now), false)
    const events = await world.auditEvents()
    assert.deepEqual(events.at(-1)?.activity, 'Suspicious activity reported')
    assert.partialDeepStrictEqual(events.at(-1)?.details, { Change: 'phone-added', About: '+31 XXXXXXX78' })
    assert.equal((await press(world, link)).status, 404)
    assert.equal((await world.send('GET', link, undefined, {})).status, 404)
    assert.equal((await world.auditEvents()).length, events.length)
    // An administrator who has heard what it was gives it again.
    assert.equal((await admin.post(phonesOf(anna), { phoneNumber: mobile, phoneType: 'mobile' })).status, 201)
    assert.equal((await world.system.phones.find(anna.id, 'mobile'))?.isSignInName, true)
  })

  test(`who did not switch text sign-in on keeps the number, for verification, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('sms')
    const anna = await annaIn(world)
    const admin = await world.as('Authentication Administrator')
    await world.system.inTransaction(({ phones }) => phones.change(anna.id, 'mobile', { signInWish: 'off' }, world.now))
    assert.equal((await admin.post(`${phonesOf(anna)}/${phoneMethodIds.mobile}/enableSmsSignIn`)).status, 204)
    assert.equal((await press(world, linkIn((await world.mailTo(address)).text))).status, 200)
    assert.partialDeepStrictEqual(await world.system.phones.find(anna.id, 'mobile'), { isSignInName: false, signInWish: 'off' })
  })

  test(`of all links of a change, pressed at once, one counts, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await annaIn(world)
    const admin = await world.as('Authentication Administrator')
    await admin.patch(`${phonesOf(anna)}/${phoneMethodIds.mobile}`, { phoneNumber: '+31 687654321' })
    await told(world)
    const links = [linkIn((await world.mailTo(address)).text), linkIn(await world.textTo(mobile))]
    assert.notEqual(links[0], links[1])
    const pages = await Promise.all([...links, ...links, ...links].map((link) => press(world, link)))
    assert.equal(pages.filter(({ status }) => status === 200).length, 1, pages.map(({ status }) => status).join())
    const reported = (await world.auditTrail()).filter((activity) => activity === 'Suspicious activity reported')
    assert.equal(reported.length, 1)
  })

  test(`an address that somebody else added resets nothing any more, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    await world.allow('email')
    const anna = await world.person('anna')
    await world.number(anna, mobile)
    const own = await world.signedIn(anna.id)
    const started = await own.post('/sesam/v1/me/emailAddresses', { emailAddress: 'thief@evil.example' })
    const code = world.codeIn((await world.mailTo('thief@evil.example')).text)
    assert.equal((await own.post(`/sesam/v1/me/emailAddresses/${started.body.id}/confirm`, { code })).status, 201)
    const text = await world.textTo(mobile)
    assert.equal(world.mailbox.messages().length, 1, 'the thief is told of nothing')
    assert.equal((await press(world, linkIn(text))).status, 200)
    assert.equal(await world.system.emailMethods.ofUser(anna.id), undefined)
  })

  test(`a password is told as well, and who did not choose it locks out whoever did, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await annaIn(world)
    await world.password(anna, 'een fiets in de regen')
    const me = await world.signedIn(anna.id)
    const body = { currentPassword: 'een fiets in de regen', newPassword: 'drie lampen aan zee' }
    assert.equal((await me.post('/v1.0/me/changePassword', body)).status, 204)
    assert.deepEqual(await told(world), [`${mobile}: password changed`, `${address}: password changed`])
    const admin = await world.as('Global Administrator')
    const given = await admin.patch(`/v1.0/users/${anna.id}`, { passwordProfile: { password: 'vier stoelen op zolder' } })
    assert.equal(given.status, 204, given.text)
    assert.equal((await told(world)).length, 4)

    assert.equal((await press(world, linkIn((await world.mailTo(address)).text))).status, 200)
    const kept = (await world.system.personPasswords.find(anna.id))?.hash
    assert.equal(await world.system.passwords.verify('vier stoelen op zolder', kept), false)
    assert.deepEqual((await world.auditTrail()).slice(-2), ['Reset user password', 'Suspicious activity reported'])
  })

  test(`a link is good for three days, and for nobody who only makes one up, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await annaIn(world)
    const admin = await world.as('Authentication Administrator')
    await admin.delete(`${phonesOf(anna)}/${phoneMethodIds.mobile}`)
    const link = linkIn((await world.mailTo(address)).text)
    for (const wrong of [`/n/${'A'.repeat(43)}`, '/n/x', `${link}A`]) {
      assert.equal((await world.send('GET', wrong, undefined, {})).status, 404)
      assert.equal((await press(world, wrong)).status, 404)
    }
    world.turnClock(72 * hour)
    assert.equal((await press(world, link)).status, 404)
    assert.ok(!(await world.auditTrail()).includes('Suspicious activity reported'))
  })

  test(`neither number nor address nor link stands in the store or in the log, on ${database.name}`, async () => {
    await using world = await startWorld(database)
    const anna = await annaIn(world)
    const admin = await world.as('Authentication Administrator')
    await admin.patch(`${phonesOf(anna)}/${phoneMethodIds.mobile}`, { phoneNumber: '+31 687654321' })
    const link = linkIn((await world.mailTo(address)).text)
    await world.send('GET', link, undefined, {})
    await press(world, link)
    const { kysely } = world.installation.parts.database
    const rows = [
      ...(await kysely.selectFrom('notices').selectAll().where('tenant_id', '=', world.tenantId).execute()),
      ...(await kysely.selectFrom('outbox').selectAll().where('tenant_id', '=', world.tenantId).execute()),
    ]
    assert.ok(rows.length > 2)
    const everything = JSON.stringify(rows) + world.logged.join('\n')
    for (const secret of [link.slice(3), address, '612345678', '687654321', '687654']) assert.ok(!everything.includes(secret), secret)
  })
}

const [sqlite] = databases
assert.ok(sqlite)

test('nobody is flooded: after five notices in an hour a receiver hears no more of it', async () => {
  await using world = await startWorld(sqlite)
  const anna = await annaIn(world)
  const admin = await world.as('Authentication Administrator')
  for (let round = 0; round < 4; round++) {
    for (const act of ['disableSmsSignIn', 'enableSmsSignIn'])
      assert.equal((await admin.post(`${phonesOf(anna)}/${phoneMethodIds.mobile}/${act}`)).status, 204)
  }
  const all = await told(world)
  assert.equal(all.filter((each) => each.startsWith(address)).length, usualLimits.notices.receiverHour.count)
})

test('what an installation may spend on texts counts for notices as well, and keeps nobody from changing anything', async () => {
  const texts = { ...usualLimits.texts, installationDay: { count: 1, perMs: 24 * hour } }
  await using world = await startWorld(sqlite, { limits: { ...usualLimits, texts } })
  const anna = await annaIn(world)
  const admin = await world.as('Authentication Administrator')
  for (const act of ['disableSmsSignIn', 'enableSmsSignIn', 'disableSmsSignIn'])
    assert.equal((await admin.post(`${phonesOf(anna)}/${phoneMethodIds.mobile}/${act}`)).status, 204)
  const all = await told(world)
  assert.equal(all.filter((each) => each.startsWith(mobile)).length, 1)
  assert.equal(all.filter((each) => each.startsWith(address)).length, 3)
})
