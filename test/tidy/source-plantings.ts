import type { Planting } from './planting.ts'
import { castPlaces, linesOf, outsideTests } from './wording.ts'

const lines = (count: number) => '  count()\n'.repeat(count)
const withPhrases = (phrases: object) => (text: string) => JSON.stringify({ ...JSON.parse(text), planted: phrases })

export const sourcePlantings: readonly Planting[] = [
  {
    rule: 'no file loads itself by a circle of imports',
    story: 'three files in a ring are told once',
    files: {
      'server/domain/planted-one.ts': "import { two } from './planted-two.ts'\nexport const one = two\n",
      'server/domain/planted-two.ts': "import { three } from '#server/domain/planted-three.ts'\nexport const two = three\n",
      'server/domain/planted-three.ts': "import { one } from './planted-one.ts'\nexport const three = one\n",
    },
    violations: [
      'server/domain/planted-one.ts → server/domain/planted-two.ts → server/domain/planted-three.ts → server/domain/planted-one.ts is a circle',
    ],
  },
  {
    rule: 'no file loads itself by a circle of imports',
    story: 'a ring with a type in it is none',
    files: {
      'server/domain/planted-one.ts': "import type { Two } from './planted-two.ts'\nexport type One = Two\n",
      'server/domain/planted-two.ts': "import { one } from './planted-one.ts'\nexport type Two = typeof one\n",
    },
    violations: [],
  },
  {
    rule: 'a file has at most 300 lines',
    story: 'the 301st line is one too many',
    files: { 'server/domain/planted.ts': '\n'.repeat(301), 'server/domain/planted-full.ts': '\n'.repeat(300) },
    violations: ['server/domain/planted.ts has 301 lines, at most 300'],
  },
  {
    rule: 'a function has at most 60 lines',
    story: 'the 61st line is one too many, in a function, a method or an arrow',
    files: {
      'server/domain/planted.ts': [
        `export function full() {\n${lines(58)}}\n`,
        `export function long() {\n${lines(59)}}\n`,
        `export const arrow = async (\n  one: string,\n): Promise<void> => {\n${lines(60)}}\n`,
        `export class Planted {\n  method<T>(one: T): { two: T } {\n${lines(60)}  }\n}\n`,
      ].join(''),
    },
    violations: [
      'server/domain/planted.ts:61 long has 61 lines, at most 60',
      'server/domain/planted.ts:122 arrow has 64 lines, at most 60',
      'server/domain/planted.ts:187 method has 62 lines, at most 60',
    ],
  },
  {
    rule: 'a function has at most 60 lines',
    story: 'a story of a test may be long, what it calls may not',
    files: {
      'server/domain/planted.test.ts': `test('a story', async () => {\n${lines(80)}})\nfunction stage() {\n${lines(80)}}\n`,
      'server/domain/planted.ts': `test('no story', () => {\n${lines(80)}})\n`,
    },
    violations: [
      'server/domain/planted.test.ts:83 stage has 82 lines, at most 60',
      'server/domain/planted.ts:1 a function has 82 lines, at most 60',
    ],
  },
  {
    rule: 'the languages have the same keys',
    story: 'a key that one language lacks, and one that English lacks',
    files: {
      'locales/en.json': withPhrases({ both: 'Yes' }),
      'locales/nl.json': withPhrases({ both: 'Ja' }),
      'locales/sv.json': withPhrases({ alone: 'Ensam' }),
    },
    violations: ['locales/sv.json lacks planted.both', 'locales/sv.json has planted.alone, which locales/en.json lacks'],
  },
  {
    rule: 'the languages have the same placeholders',
    story: 'a name that was translated, and a name that was lost',
    files: {
      'locales/en.json': withPhrases({ hello: 'Hello {name}', code: '{code} for {name}' }),
      'locales/nl.json': withPhrases({ hello: 'Hallo {naam}', code: 'Voor {name}: {code}' }),
      'locales/sv.json': withPhrases({ hello: 'Hej', code: '{code} {name}' }),
    },
    violations: [
      'locales/nl.json says {naam} in planted.hello, locales/en.json says {name}',
      'locales/sv.json says nothing in braces in planted.hello, locales/en.json says {name}',
    ],
  },
  {
    rule: 'no phrase is unused',
    story: 'a phrase that only a comment and a test name is unused; plurals are used by their stem',
    files: {
      'locales/en.json': withPhrases({ used: 'a', unused: 'b', many: { one: 'c', other: 'd' }, alone: { one: 'e' } }),
      'server/domain/planted.ts': "// 'planted.unused'\nexport const keys = ['planted.used', 'planted.many', 'planted.alone']\n",
      'server/domain/planted.test.ts': "export const keys = ['planted.unused']\n",
    },
    violations: ['locales/en.json has planted.unused, which no source uses', 'locales/en.json has planted.alone.one, which no source uses'],
  },
  {
    rule: 'every refusal has its words',
    story: 'a new row without a phrase',
    files: { 'contract/refusals.ts': (text) => text.replace('= {\n', "= {\n  planted: { status: 400, graph: 'BadRequest' },\n") },
    violations: ['locales/en.json lacks refusals.planted'],
  },
  {
    rule: 'names of files and folders say something',
    story: 'a folder for everything, a file for everything, an index outside the registries',
    files: {
      'server/domain/helpers/dates.ts': '',
      'server/store/utils.test.ts': '',
      'server/store/index.ts': '',
      'server/methods/index.ts': '',
    },
    violations: [
      'server/domain/helpers/dates.ts must not be called helpers',
      'server/store/index.ts must not be called index',
      'server/store/utils.test.ts must not be called utils',
    ],
  },
  {
    rule: 'nothing is left undone without an issue',
    story: 'remarks of that kind in a comment, not in a string',
    files: { 'server/domain/planted.ts': "// TODO later\n// TODO #12 later\nexport const a = 'TODO'\n/*\n * FIXME */\n" },
    violations: ['server/domain/planted.ts:1 says TODO without an issue number', 'server/domain/planted.ts:5 says FIXME'],
  },
  {
    rule: 'nothing outside tests is any',
    story: 'as a type, not as a word',
    files: {
      'server/domain/planted.ts': [
        'export const a: any = 1',
        'export const b = new Map<string, any>()',
        'export const c = JSON.parse(a) as any',
        'export const d: unknown | any[] = []',
        "// any: 'any'",
        "export const any = () => ({ any: 'as any' })",
        'export const e = Promise.any([any()])',
      ].join('\n'),
      'server/domain/planted.test.ts': 'export const a: any = 1\n',
    },
    violations: [1, 2, 3, 4].map((line) => `server/domain/planted.ts:${line} says any`),
  },
  {
    rule: 'casts are rare',
    story: 'the sentence lists every place; as const and renamings are no casts',
    files: {
      'web/zz/planted.ts': `export const a = [${'1 as number, '.repeat(200)}]\n`,
      'web/zz/planted-words.ts': "import { a as b } from './b.ts'\nexport { b as c }\nexport const d = ['x as y'] as const // as said\n",
      'bench/planted.ts': 'export const d = 1 as number\n',
    },
    violations: ({ files }) => {
      const places = [...castPlaces(files), ...new Array(200).fill('web/zz/planted.ts:1')]
      return [`${places.length} casts in ${linesOf(outsideTests(files)) + 4} lines, at most one in 500: ${places.join(', ')}`]
    },
  },
  {
    rule: 'chance comes from crypto',
    story: 'in the server, not in the bench',
    files: { 'server/domain/planted.ts': 'export const die = () => Math.random()\n', 'bench/planted.ts': 'Math.random()\n' },
    violations: ['server/domain/planted.ts:1 says Math.random, which can be guessed'],
  },
  {
    rule: 'use cases, rules and stores are handed the time',
    story: 'the clock in a store, not a date made of a number',
    files: {
      'server/store/planted.ts': 'export const a = (at: number) => new Date(at)\nexport const b = () => Date.now()\n',
      'server/features/planted/rules.ts': 'export const a = () => new Date()\nexport const b = () => +new Date\n',
      'server/jobs/planted.ts': 'export const a = () => Date.now()\n',
    },
    violations: [
      'server/features/planted/rules.ts:1 reads the clock; time is handed in',
      'server/features/planted/rules.ts:2 reads the clock; time is handed in',
      'server/store/planted.ts:2 reads the clock; time is handed in',
    ],
  },
  {
    rule: 'only the main file reads the environment',
    story: 'by its name, by an index or by taking it apart',
    files: {
      'server/commands/planted.ts': [
        'export const a = process.env.PORT',
        "export const b = process['env']",
        'export const { env } = process',
        'export const { pid, env: c } = process',
        'export const d = globalThis.process?.env',
        "export const e = { env: {}, pid: process.pid, say: 'process.env' }",
      ].join('\n'),
      'test/planted.ts': 'export const a = process.env\n',
    },
    violations: [1, 2, 3, 4, 5].map((line) => `server/commands/planted.ts:${line} reads process.env; only server/main.ts does`),
  },
  {
    rule: 'no source names a folder of one machine',
    story: 'at the start of a string, not inside an address',
    files: {
      'test/planted.ts': `export const a = '/home/anna/x'\nexport const b = \`/Users/\${a}\`\nexport const c = 'x/home/y' + \`\${a}/root/\`\n`,
    },
    violations: ['test/planted.ts:1 names a folder of one machine', 'test/planted.ts:2 names a folder of one machine'],
  },
  {
    rule: 'only the store writes tenant ids',
    story: 'the column as a word, in a string, in a template or as a property name in a string',
    files: {
      'server/features/planted/rules.ts': [
        'export const a = { tenant_id: 1 }',
        "export const b = 'users.tenant_id'",
        `export const c = \`\${b} and tenant_id = 1\``,
        "export const d = ['phones.tenantId']",
        'export const e = (tenantId: string) => tenantId // not tenant_id',
      ].join('\n'),
      'server/store/planted.ts': "export const a = 'tenant_id'\n",
    },
    violations: [1, 2, 3, 4].map((line) => `server/features/planted/rules.ts:${line} writes tenant_id; only server/store does`),
  },
  {
    rule: 'no SQL is made out of text',
    story: 'raw SQL anywhere, a statement with holes in the store',
    files: {
      'server/store/planted.ts': [
        'export const a = (name: string) => sql.raw(name)',
        'export const b = (name: string) => sql<string>.raw(name)',
        `export const c = (name: string) => db.prepare(\`select \${name}\`)`,
        "export const d = (name: string) => db.exec('select ' + name)",
        `export const e = (name: string) => db.exec('select 1') + sql\`select \${name}\``,
      ].join('\n'),
    },
    violations: [1, 2, 3, 4].map((line) => `server/store/planted.ts:${line} makes SQL out of text`),
  },
  {
    rule: 'the audit log only grows',
    story: 'a change or a deletion, by the builder, in SQL or through a name that stands elsewhere',
    files: {
      'server/store/audit-planted.ts': [
        "export const a = db.updateTable('audit_events').set({ actor: '' })",
        "export const b = db.deleteFrom(\n  'audit_seals',\n)",
        'export const c = sql`delete from audit_checkpoints`',
        'export const d = sql`update "audit_events" set actor = \'\'`',
        "export const e = db.selectFrom('audit_events')",
        "export const f = db.insertInto('audit_seals')",
        "export const g = sql`select 1 from audit_events where id = 'update'`",
      ].join('\n'),
      'server/store/planted.ts': "export const a = ['users', 'audit_events'].map((table) => db.deleteFrom(table))\n",
      'test/planted.ts': "export const a = db.deleteFrom('audit_events')\n",
    },
    violations: [
      ...[1, 3, 5, 6].map((line) => `server/store/audit-planted.ts:${line} changes the audit log, which only grows`),
      'server/store/planted.ts:1 names a table of the audit log; only server/store/audit-*.ts does',
    ],
  },
]
