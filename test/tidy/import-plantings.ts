import type { Planting } from './planting.ts'

const law = 'a room imports only what stands in its row'

const homeOfFiles =
  'server/config.ts, server/main.ts, server/commands, server/gateways, server/store/sqlite.ts, server/store/backup.ts, web/build.ts, web/stamp.ts'

/** One line that loads each target. */
const loads = (...targets: string[]) => targets.map((target, index) => `import { a as a${index} } from '${target}'\n`).join('')

export const importPlantings: readonly Planting[] = [
  {
    rule: law,
    story: 'a method must not reach the store, whichever way it is written',
    files: {
      'server/methods/sms/challenge.ts': loads('#server/store/phones.ts'),
      'server/methods/sms/planted-export.ts': "export * from '../../store/phones.ts'\n",
      'server/methods/sms/planted-lines.ts': "import {\n  type Phone, // a type\n  phonesOf,\n}\n  from '#server/store/phones.ts'\n",
      'server/methods/sms/planted-side.ts': "import '#server/store/phones.ts'\n",
      'server/methods/sms/planted-late.ts': "export const a = async () => await import(\n  '#server/store/phones.ts',\n)\n",
      'server/methods/sms/planted-computed.ts': `export const a = (name: string) => import(\`#server/store/\${name}.ts\`)\n`,
    },
    violations: [
      'server/methods/sms/challenge.ts must not import server/store/phones.ts',
      'server/methods/sms/planted-computed.ts must not import by a computed name',
      'server/methods/sms/planted-export.ts must not import server/store/phones.ts',
      'server/methods/sms/planted-late.ts must not import server/store/phones.ts',
      'server/methods/sms/planted-lines.ts must not import server/store/phones.ts',
      'server/methods/sms/planted-side.ts must not import server/store/phones.ts',
    ],
  },
  {
    rule: law,
    story: 'types are free, and so are tests and what only looks like an import',
    files: {
      'server/methods/sms/planted.ts': [
        "import type { Phone } from '#server/store/phones.ts'",
        "export type { Phones } from '#server/store/phones.ts'",
        "export type Needs = typeof import('#server/store/phones.ts')",
        "// import { a } from '#server/store/phones.ts'",
        "export const text = `import { a } from '#server/store/phones.ts'`",
      ].join('\n'),
      'server/methods/sms/planted.test.ts': loads('#server/store/phones.ts', '#server/app.ts'),
      'test/planted.ts': loads('#server/main.ts'),
    },
    violations: [],
  },
  {
    rule: law,
    story: 'slices do not see their siblings, and only their doors see the wire',
    files: {
      'server/features/planted/assign-phone.ts': loads('#server/http/graph.ts', '../other/rules.ts', './rules.ts', '#server/locale.ts'),
      'server/features/planted/routes.ts': loads('#server/http/graph.ts', './assign-phone.ts', '#server/methods/index.ts'),
      'server/features/planted/pages.ts': loads('#server/http/html.ts', '#server/methods/sms/challenge.ts'),
      'server/features/planted/views/tile.ts': loads(
        '#server/http/html.ts',
        './frame.ts',
        '#server/store/users.ts',
        '../../other/views/tile.ts',
      ),
      'server/features/planted/overviews/tile.ts': loads('#server/http/html.ts'),
      'server/methods/sms/planted.ts': loads('../voice/rules.ts', '#server/methods/index.ts', '#server/domain/query.ts'),
    },
    violations: [
      'server/features/planted/assign-phone.ts must not import server/http/graph.ts',
      'server/features/planted/assign-phone.ts must not import server/features/other/rules.ts',
      'server/features/planted/overviews/tile.ts must not import server/http/html.ts',
      'server/features/planted/pages.ts must not import server/methods/sms/challenge.ts',
      'server/features/planted/views/tile.ts must not import server/store/users.ts',
      'server/features/planted/views/tile.ts must not import server/features/other/views/tile.ts',
      'server/methods/sms/planted.ts must not import server/methods/voice/rules.ts',
      'server/methods/sms/planted.ts must not import server/methods/index.ts',
    ],
  },
  {
    rule: law,
    story: 'the lower rooms look down only',
    files: {
      'contract/planted.ts': loads('#server/domain/query.ts', './locale.ts'),
      'server/domain/planted.ts': loads('#contract/locale.ts', '#server/locale.ts'),
      'server/store/planted.ts': loads('#server/domain/query.ts', '#server/gateways/mail/smtp.ts'),
      'server/gateways/planted.ts': loads('#contract/locale.ts', '#server/store/users.ts'),
      'server/http/planted.ts': loads('#server/locale.ts', '#server/oidc/claims.ts', '#locales/en.json'),
      'server/oidc/planted.ts': loads('#server/http/html.ts', '#server/store/users.ts'),
    },
    violations: [
      'contract/planted.ts must not import server/domain/query.ts',
      'server/domain/planted.ts must not import server/locale.ts',
      'server/gateways/planted.ts must not import server/store/users.ts',
      'server/http/planted.ts must not import server/oidc/claims.ts',
      'server/http/planted.ts must not import locales/en.json',
      'server/oidc/planted.ts must not import server/store/users.ts',
      'server/store/planted.ts must not import server/gateways/mail/smtp.ts',
    ],
  },
  {
    rule: law,
    story: 'the single files have rows of their own, and nobody loads the top',
    files: {
      'server/system.ts': loads('./store/users.ts', './gateways/mail/smtp.ts', './oidc/claims.ts', './config.ts', './http/html.ts'),
      'server/config.ts': loads('#server/domain/query.ts', '#server/locale.ts'),
      'server/locale.ts': loads('#contract/locale.ts', '#locales/en.json', '#server/domain/query.ts'),
      'server/app.ts': loads('./features/users/routes.ts', './system.ts', './jobs/planted.ts', './main.ts'),
      'server/jobs/planted.ts': loads('#server/store/users.ts', '#server/features/users/routes.ts', '#server/app.ts'),
      'server/commands/planted.ts': loads('../app.ts', '../jobs/planted.ts', '../config.ts', './serve.ts'),
      'server/methods/index.ts': loads('./sms/method.ts', '#server/features/users/routes.ts'),
      'server/planted.ts': '',
    },
    violations: [
      'server/app.ts must not import server/main.ts',
      'server/config.ts must not import server/locale.ts',
      'server/jobs/planted.ts must not import server/app.ts',
      'server/locale.ts must not import server/domain/query.ts',
      'server/methods/index.ts must not import server/features/users/routes.ts',
      'server/planted.ts stands in no room of the house',
      'server/system.ts must not import server/config.ts',
      'server/system.ts must not import server/http/html.ts',
    ],
  },
  {
    rule: law,
    story: 'the apps of the web are strangers to each other and to the server',
    files: {
      'web/admin/planted.tsx': loads('../kit/button.tsx', '../methods/index.ts', '../account/tile.tsx', '../methods/sms/tile.tsx'),
      'web/kit/planted.ts': loads('#contract/locale.ts', '#locales/en.json', '#server/locale.ts'),
      'web/methods/sms/planted.tsx': loads('../../kit/button.tsx', '../voice/tile.tsx'),
      'web/methods/index.ts': loads('./sms/tile.tsx'),
      'web/vite.config.ts': loads('./kit/button.tsx'),
    },
    violations: [
      'web/admin/planted.tsx must not import web/account/tile.tsx',
      'web/admin/planted.tsx must not import web/methods/sms/tile.tsx',
      'web/kit/planted.ts must not import server/locale.ts',
      'web/methods/sms/planted.tsx must not import web/methods/voice/tile.tsx',
      'web/vite.config.ts must not import web/kit/button.tsx',
    ],
  },
  {
    rule: 'a third party is loaded only in its home',
    story: 'each knows its house, its types travel',
    files: {
      'server/features/planted/rules.ts': `${loads('kysely', 'node:fs/promises')}import type { Pool } from 'pg'\n`,
      'server/domain/planted.ts': loads('@simplewebauthn/server/helpers', 'zod', 'node:crypto'),
      'server/gateways/mail.ts': loads('nodemailer', 'node:fs', 'node:sqlite'),
      'server/app.ts': loads('fastify', '@fastify/cookie', 'jose'),
      'server/commands/planted.ts': loads('node:fs', 'pino', 'node:process'),
      'server/store/planted.ts': loads('kysely', 'pg', 'node:sqlite', 'node:fs'),
      'contract/planted.ts': loads('zod', 'node:crypto'),
      'bench/planted.ts': loads('pg'),
    },
    violations: [
      'contract/planted.ts must not import node:crypto',
      'server/app.ts must not import jose, whose home is server/oidc, server/http',
      'server/commands/planted.ts must not import node:process, whose home is server/main.ts',
      'server/domain/planted.ts must not import @simplewebauthn/server, whose home is server/methods/passkey',
      'server/domain/planted.ts must not import zod, whose home is contract, server/http',
      'server/features/planted/rules.ts must not import kysely, whose home is server/store',
      `server/features/planted/rules.ts must not import node:fs, whose home is ${homeOfFiles}`,
      'server/gateways/mail.ts must not import node:sqlite, whose home is server/store',
      `server/store/planted.ts must not import node:fs, whose home is ${homeOfFiles}`,
    ],
  },
  {
    rule: 'every package that is loaded stands in package.json',
    story: 'the server runs on dependencies, tests on devDependencies too',
    files: {
      'server/domain/planted.ts': loads('not-declared/inside', 'typescript', 'zod', 'node:crypto'),
      'server/domain/planted.test.ts': loads('not-declared', 'typescript'),
    },
    violations: [
      'server/domain/planted.test.ts imports not-declared, which package.json does not name under dependencies or devDependencies',
      'server/domain/planted.ts imports not-declared, which package.json does not name under dependencies',
      'server/domain/planted.ts imports typescript, which package.json does not name under dependencies',
    ],
  },
  {
    rule: 'every run-time dependency has a decision record',
    story: 'a record of a package with a longer name does not count',
    files: {
      'package.json': (text) => text.replace('"dependencies": {', '"dependencies": { "planted": "1.0.0", "planted-well": "1.0.0",'),
      'docs/decisions/0000-planted.md': 'We chose `planted-well`.\n',
    },
    violations: ['package.json depends on planted, and no record in docs/decisions names it'],
  },
]
