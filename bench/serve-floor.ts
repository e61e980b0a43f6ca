import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { AccessTokens, type TokenKey } from '#server/oidc/access-tokens.ts'
import { openDatabase } from '#server/store/database.ts'
import { SigningKeys } from '#server/store/signing-keys.ts'
import { MasterKey, Vault } from '#server/store/vault.ts'

// The least any server could do for the same answers: the bare HTTP server of Node, the same token check, one prepared
// read of the person or one durable write through the same shared commit. No rules, no audit row, no schema, no dialect.

const [port, dataDirectory, databaseUrl, masterKeyText] = process.argv.slice(2)
const database = openDatabase({ dataDirectory: dataDirectory ?? '', databaseUrl: databaseUrl || undefined })
const masterKey = new MasterKey(Buffer.from(masterKeyText ?? '', 'base64'))
const publicUrl = `http://localhost:${port}`
const tokens = new AccessTokens(publicUrl)
const keys = new Map<string, readonly TokenKey[]>()
const mark = (index: number) => (database.engine === 'sqlite' ? '?' : `$${index}`)
const read = `select id, display_name, user_principal_name, mail, job_title, given_name, surname, office_location, preferred_language from users where tenant_id = ${mark(1)} and user_principal_name_lowered = ${mark(2)} and deleted_at is null`
const write = `update users set job_title = ${mark(1)}, job_title_lowered = ${mark(2)} where tenant_id = ${mark(3)} and id = ${mark(4)}`

async function keysOf(tenantId: string): Promise<readonly TokenKey[]> {
  const known = keys.get(tenantId)
  if (known) return known
  const found = await new SigningKeys(database, tenantId, await Vault.open(database, masterKey, tenantId)).all()
  keys.set(tenantId, found)
  return found
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { tenantId } = await tokens.verify((request.headers.authorization ?? '').slice(7), keysOf, new Date())
  const who = (request.url ?? '').split('/')[3] ?? ''
  if (request.method === 'GET') {
    const { rows } = await database.run(read, [tenantId, who])
    const body = JSON.stringify(rows[0] ?? null)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
    return
  }
  let text = ''
  for await (const chunk of request) text += chunk
  const { jobTitle } = JSON.parse(text)
  await database.inTransaction((connection) => connection.run(write, [jobTitle, jobTitle.toLowerCase(), tenantId, who]))
  response.writeHead(204).end()
}

createServer((request, response) => {
  answer(request, response).catch((error) => response.writeHead(500).end(String(error)))
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'))
