import assert from 'node:assert/strict'
import { test } from 'node:test'
import { folded, isTemporaryOver, mayBePassword, passwordRules, problemWith, scoreOf, wordsAround } from './password-policy.ts'

const common = new Set(
  ['password', 'letmein', 'welcome', 'qwertyuiop', 'asdfgh', 'correct', 'horse', 'battery', 'staple', 'hunter2'].map(folded),
)
const anna = {
  displayName: 'Anna de Vries',
  userPrincipalName: 'anna.vries@contoso.example',
  mailNickname: 'annav',
  givenName: 'Anna',
  surname: 'de Vries',
}
const ownWords = wordsAround(anna, 'Contoso', ['+31612345678'])

function said(text: string, opensAlone = true) {
  return problemWith(text, { opensAlone, ownWords, isCommon: (word) => common.has(word) })
}

test('banned words count as Microsoft counts them', () => {
  const banned = new Set(['contoso', 'blank'])
  assert.equal(scoreOf(folded('C0ntos0Blank12'), banned), 4)
  assert.equal(scoreOf(folded('ContoS0Bl@nkf9!'), banned), 5)
  const judged = (text: string) => problemWith(text, { opensAlone: false, ownWords: [...banned], isCommon: () => false })
  assert.equal(judged('C0ntos0Blank12'), 'password_of_names')
  assert.equal(judged('ContoS0Bl@nkf9!'), undefined)
})

test('a password that opens a session alone is longer than one beside which something else is asked', () => {
  assert.deepEqual(passwordRules({ opensAlone: true }), { minLength: 15, maxLength: 256 })
  assert.deepEqual(passwordRules({ opensAlone: false }), { minLength: 8, maxLength: 256 })
  assert.equal(said('tien tekens en'), 'password_too_short')
  assert.equal(said('tien tekens en', false), undefined)
  assert.equal(said('🦊🐢🌧🚲🍋🎺🧵'), 'password_too_short', 'letters are counted, not what they are made of')
  assert.equal(said('🦊🐢🌧🚲🍋🎺🧵🪁', false), undefined)
  assert.equal(said('x9'.repeat(200)), 'password_too_long')
})

test('every letter there is may stand in a password, blanks at its ends too, and no kind of letter must', () => {
  for (const good of [
    'een fiets in de regen',
    'röd stuga vid sjön',
    '雨の中の自転車と犬と猫とランプ',
    '  drie lampen zee ',
    'ДЕРЕВЯННЫЙДОМПОДДОЖДЁМ',
    '48213907715639284',
  ])
    assert.equal(said(good), undefined, good)
  assert.ok(mayBePassword('é'.repeat(256)))
  assert.ok(!mayBePassword('é'.repeat(257)))
  assert.ok(!mayBePassword('\ud800abcdefg'))
  assert.ok(!mayBePassword(''))
})

const guessable: readonly [string, string, ReturnType<typeof said>][] = [
  ['one letter over and over', 'aaaaaaaaaaaaaaaaaaaa', 'password_too_simple'],
  ['a row of the alphabet', 'abcdefghijklmnopqr', 'password_too_simple'],
  ['a short piece repeated', 'xq7xq7xq7xq7xq7xq7', 'password_too_simple'],
  ['a common one with what people put behind it', 'Welcome2026!!!!', 'password_common'],
  ['two common ones', 'passwordletmein', 'password_common'],
  ['with signs for letters', 'P@ssw0rdL3tm3in!', 'password_common'],
  ['two rows of the keyboard', 'qwertyuiopasdfgh', 'password_common'],
  ['one word repeated', 'hunter2hunter2hunter2', 'password_too_simple'],
  ['one’s own name', 'Anna de Vries Anna', 'password_of_names'],
  ['the organisation and a number', 'Contoso 0612345678', 'password_of_names'],
  ['one’s own number', '612345678 31612345678', 'password_of_names'],
]
for (const [what, text, problem] of guessable) test(`${what} is refused, and why is told`, () => assert.equal(said(text), problem))

test('several common words in a row are a good password', () => {
  assert.equal(said('correct horse battery staple'), undefined)
  assert.equal(said('correcthorsebatterystaple'), undefined)
})

test('judging the longest password takes no time worth counting', () => {
  const from = performance.now()
  for (let turn = 0; turn < 50; turn++) said('ab12'.repeat(64))
  assert.ok(performance.now() - from < 1_000)
})

test('a password of somebody else’s choice is over after a day, one’s own never', () => {
  const changedAt = new Date('2026-11-20T09:00:00Z')
  const at = (hours: number) => new Date(changedAt.getTime() + hours * 3_600_000)
  assert.equal(isTemporaryOver({ mustChange: true, changedAt }, at(24)), false)
  assert.equal(isTemporaryOver({ mustChange: true, changedAt }, at(24.01)), true)
  assert.equal(isTemporaryOver({ mustChange: false, changedAt }, at(24_000)), false)
})
