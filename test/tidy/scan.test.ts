import assert from 'node:assert/strict'
import { test } from 'node:test'
import { functionsOf } from './functions.ts'
import { importsOf } from './imports.ts'
import { scan } from './scan.ts'

const blanked: [story: string, text: string, code: string][] = [
  ['a string loses its inside, not its quotes', "a('it') + b(\"x'y\")", 'a(\'  \') + b("   ")'],
  ['an escaped quote does not end a string', "a('it\\'s') + b", "a('     ') + b"],
  ['a comment is blank, and its lines stay', 'a // b\n/* c\nd */ e', 'a     \n    \n     e'],
  ['a comment in a string is a string', "a('// b') + c", "a('    ') + c"],
  ['a string in a comment is a comment', "a // it's\nb", 'a        \nb'],
  ['the holes of a template are code', `\`a \${b({ c: \`d \${e}\` })} f\``, `\`  \${b({ c: \`  \${e}\` })}  \``],
  ['an escaped hole is text', `\`a \\\${b} c\` + d`, '`         ` + d'],
  ['a division is no pattern', "a / b / c + 'd'", "a / b / c + ' '"],
  ['a pattern hides quotes, braces and slashes', 'a = /["{/]\\//g.test(b)', 'a =           .test(b)'],
  ['a pattern follows a condition', 'if (a) /"/.test(b)', 'if (a)    .test(b)'],
  ['a pattern follows a word of the language', 'return /"/', 'return    '],
  ['a division follows a call', 'f(a) / b("/")', 'f(a) / b(" ")'],
  ['a division follows a property with a name of the language', 'a.in / b / c', 'a.in / b / c'],
  ['a quote without its partner is a letter', "don't\na('b')", "don't\na(' ')"],
]

for (const [story, text, code] of blanked) {
  test(`the scanner knows that ${story}`, () => assert.equal(scan(text).code, code))
}

test('the scanner knows that a tag is no pattern', () => {
  assert.equal(scan('<p a={b} />{c}</p></div>', true).code, '<p a={b} />{c}</p></div>')
})

test('the scanner tells the stretches of a template apart', () => {
  assert.deepEqual(
    scan(`\`a\${b}c\``).literals.map(({ text, opens, closes }) => ({ text, opens, closes })),
    [
      { text: 'a', opens: true, closes: false },
      { text: 'c', opens: false, closes: true },
    ],
  )
})

const loading: [text: string, targets: (string | undefined)[]][] = [
  ["import a, { b as c } from './d.ts'", ['x/d.ts']],
  ["import * as a from '#here/b.ts'", ['place/b.ts']],
  ["import { type A } from '../b.ts'", ['b.ts']],
  ["import type { A } from './b.ts'\nimport './c.ts'", ['x/c.ts']],
  ["import type from './b.ts'", ['x/b.ts']],
  ["export { a }\nimport type { B } from './b.ts'", []],
  ["export * from '@scope/name/inside'\nimport x from 'y/z' with { type: 'json' }", ['@scope/name', 'y']],
  ["export type A = 'b'\nexport interface C { from: 'd' }\nexport const from = 'e'", []],
  ["await import('./a.ts')\nimport.meta.resolve('./b.ts')\nloader.import('./c.ts')", ['x/a.ts']],
  ["await import('./a.ts' + b)\nawait import(c)", [undefined, undefined]],
]

for (const [text, targets] of loading) {
  test(`what is loaded by ${text.replaceAll('\n', ' and ')}`, () => {
    const found = importsOf('x/planted.ts', scan(text), { '#here/*': './place/*' })
    assert.deepEqual(
      found.map(({ target }) => target),
      targets,
    )
  })
}

const functions: [text: string, names: string[]][] = [
  ['export async function a<T extends (x: number) => void>(b: T): Promise<T> {\n}', ['a 2']],
  ['const a = async (b: string): Promise<void> => {\n\n}', ['a 3']],
  ['const a: (b: string) => { c: string } = (b) => {\n}', ['a function 2']],
  ['const a = (b: B): b is { c: 1 } => {\n}', ['a 2']],
  ['const a = (): (B | C) => {\n}', ['a 2']],
  ['class A extends mixin(B) {\n  constructor() {\n    super()\n  }\n  get b(): C[] { return [] }\n}', ['constructor 3', 'b 1']],
  ['const a = { async *b() {}, [c.d]() {}, e: () => {} }', ['b 1', '[c.d] 1', 'e 1']],
  ['const a = b ? (c) : { d: 1 }\nconst e = b ? f(c) : g(d)', []],
  ['if (a) {}\nfor await (const a of b) {}\nwhile (a) {}\nswitch (a) {}\ntry {} catch (b) {}', []],
  ['interface A {\n  b(c: string): D\n  e(): { f: 1 }\n}\ndeclare function g(): H', []],
  ['function a(): asserts b is C {}\nfunction d(): A extends B ? C : D {}', ['a 1', 'd 1']],
]

for (const [text, names] of functions) {
  test(`functions found in ${text.replaceAll('\n', ' ')}`, () => {
    assert.deepEqual(
      functionsOf(scan(text).code).map(({ name, lines }) => `${name} ${lines}`),
      names,
    )
  })
}

test('a function given to test or describe is a story', () => {
  const found = functionsOf(scan("describe('a', () => {\n  test.skip('b', async (t) => {\n    c(() => {})\n  })\n})").code)
  assert.deepEqual(
    found.map(({ isStory }) => isStory),
    [true, true, false],
  )
})
