/** Prints the pages that are made from the source. With `--check` it only looks whether they still tell the truth. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { operations } from '#server/app.ts'
import type { Operation } from '#server/http/operations.ts'
import { connectionOf, type Engine, type Run } from '#server/store/connection.ts'
import { statements } from '#server/store/prepared.ts'

const printed = 'This page is printed from the source by `npm run print`; `npm run check` fails when it is old.'

function routesPage(): string {
  const groups = Map.groupBy(operations, ({ group }) => group)
  const sections = [...groups].map(([group, operations]) => `## ${group}\n\n${table(operations)}\n`)
  return `# Every door of the management API\n\n${printed}\nEach stands under \`/v1.0\` and \`/beta\`; those of \`sesam\`, which Graph has no address for, stand where they say.
A fresh proof is a sign-in of the last five minutes; without one the answer is 401 \`proof_too_old\`, with what to ask the sign-in page for.\n\n${sections.join('\n')}`
}

function table(operations: readonly Operation[]): string {
  const heads = ['Method', 'Path', 'What it does', 'Permission', 'Scope, one of', 'Role, one of']
  const rows = operations.map(({ method, path, summary, permission, scopes, who, roles, needsFreshProof }) => [
    method,
    `\`${path}\``,
    summary,
    permission ? `\`${permission}\`` : 'any token',
    scopes.map((scope) => `\`${scope}\``).join(', '),
    (who === 'roles' ? roles.join(', ') : who) + (needsFreshProof ? '; for oneself a fresh proof' : ''),
  ])
  return [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
}

const noStore: Run = async () => {
  throw new Error('nothing is run here')
}
const engines = { postgres: connectionOf('postgres', noStore), sqlite: connectionOf('sqlite', noStore) }

/** Statements have no names; their tables and texts give them an order that does not depend on who imports what first. */
function sqlPage(): string {
  const texts = statements.map((sql) => ({ postgres: sql(engines.postgres), sqlite: sql(engines.sqlite) }))
  const tables = Map.groupBy(
    texts.toSorted((one, other) => (one.postgres < other.postgres ? -1 : 1)),
    ({ postgres }) => /\b(?:from|into|update) "(\w+)"/.exec(postgres)?.[1] ?? 'other',
  )
  const sections = [...tables]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, here]) => `## ${name}\n\n${[...new Set(here.map(inBoth))].join('\n')}`)
  return `# Every prepared statement

${printed}
Lists that clients filter and sort are made for the question asked, by \`server/store/query-sql.ts\`, and are not here.

${sections.join('\n')}`
}

function inBoth({ postgres, sqlite }: Record<Engine, string>): string {
  let index = 0
  const alike = sqlite.replaceAll('?', () => `$${++index}`) === postgres
  return [['PostgreSQL', postgres], ...(alike ? [] : [['SQLite', sqlite]])]
    .map(([engine = '', text = '']) => `${alike ? '' : `${engine}:\n\n`}\`\`\`sql\n${inLines(text)}\n\`\`\`\n`)
    .join('\n')
}

function inLines(text: string): string {
  return text.replaceAll(
    / (?=(?:from|where|and|or|set|values|inner join|left join|order by|group by|on conflict|returning|limit|union)\b)/g,
    '\n  ',
  )
}

const folder = import.meta.dirname
const store = join(folder, '../server/store')
// A statement is known once its file is loaded.
for (const name of readdirSync(store).filter((file) => /(?<!\.test)\.ts$/.test(file))) await import(join(store, name))

const pages = { 'routes.md': routesPage(), 'sql.md': sqlPage() }
const isCheck = process.argv.includes('--check')

for (const [name, text] of Object.entries(pages)) {
  const path = join(folder, name)
  const isOld = !existsSync(path) || readFileSync(path, 'utf8') !== text
  if (isOld && isCheck) {
    console.error(`docs/${name} is old: npm run print`)
    process.exitCode = 1
  } else if (isOld) {
    writeFileSync(path, text)
  }
}
