import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { Refusal } from '#server/domain/refusal.ts'
import { PasswordHashes } from './password-hashes.ts'

const passwords = new PasswordHashes(randomBytes(32))
const good = 'een fiets in de regen'

test('a password fits its hash in every way Unicode writes it, and no other one does', async () => {
  const hash = await passwords.hash('Zoë rijdt naar het café')
  assert.ok(await passwords.verify('Zoë rijdt naar het café'.normalize('NFD'), hash))
  for (const wrong of ['zoë rijdt naar het café', ' Zoë rijdt naar het café', 'Zoë rijdt naar het caf', ''])
    assert.ok(!(await passwords.verify(wrong, hash)), wrong)
  assert.notEqual(await passwords.hash(good), await passwords.hash(good), 'two people with one password cannot be told by it')
})

test('without the pepper a stolen hash fits nothing', async () => {
  assert.ok(!(await new PasswordHashes(randomBytes(32)).verify(good, await passwords.hash(good))))
})

test('nobody’s password fits no word, and neither does what is no hash of ours', async () => {
  for (const hash of [undefined, '', 'not a real one', '$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA', '$2b$10$abcdefghijklmnopqrstuv'])
    for (const word of ['', good]) assert.ok(!(await passwords.verify(word, hash)))
})

// Slow, because what has to wait two seconds is what is told to come back.
test('a crowd of passwords is served in turn, and who would wait too long is told to come back', async () => {
  const few = new PasswordHashes(randomBytes(32))
  const hash = await few.hash(good)
  const answers = await Promise.allSettled(Array.from({ length: 600 }, () => few.verify(good, hash)))
  const served = answers.filter(({ status }) => status === 'fulfilled')
  const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? answer.reason : []))
  assert.ok(served.length > 0 && refused.length > 0, `${served.length} served`)
  assert.ok(refused.every((error) => error instanceof Refusal && error.code === 'unavailable'))
  assert.ok(await few.verify(good, hash), 'and afterwards all goes on')
})
