import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Config, type Environment, readConfig } from '#server/config.ts'
import { evaluationLimits } from '#server/domain/budget.ts'
import { MailInbox } from '#server/gateways/mail/inbox.ts'
import { Inbox } from '#server/gateways/sms/inbox.ts'
import { CallInbox } from '#server/gateways/voice/inbox.ts'
import type { Database } from '#server/store/database.ts'
import { findFact, setFact } from '#server/store/installation-facts.ts'
import { migrate } from '#server/store/migrate.ts'
import { buildWebWhenStale } from './build-web.ts'
import { type Command, CommandRefused } from './command.ts'
import { sampleAppId } from './evaluation-app.ts'
import { makeEvaluationOrganisation } from './evaluation-organisation.ts'
import { people } from './evaluation-people.ts'
import { listenUntilEnded } from './listen.ts'
import { installationOf, makeMasterKey, openOrExplain, prepareDirectory } from './open-installation.ts'
import { keepSelfSignedCertificate } from './self-signed-certificate.ts'

export const evaluate: Command = {
  summary: 'starts with a sample organisation, on this machine only; what npm start runs',
  usage: '[--fresh] [--https]',
  options: {
    fresh: { type: 'boolean', meaning: 'forget the evaluation before this one' },
    https: { type: 'boolean', meaning: 'over https, with a certificate that it makes itself' },
  },
  async run(around, { options: { fresh, https } }) {
    const config = https ? overHttps(around.environment) : configFrom(around.environment)
    prepareDirectory(config.dataDirectory)
    if (fresh) await forget(config)
    await buildWebWhenStale(around.say)
    const database = openOrExplain(config)
    try {
      await migrate(database)
      await refuseProduction(database)
      makeMasterKey(config.dataDirectory)
      const installation = installationOf(config, database, { limits: evaluationLimits, reachesLoopback: true })
      await makeEvaluationOrganisation(installation)
      await database.inTransaction(async (connection) => {
        await setFact(connection, 'mode', 'evaluation')
        await setFact(connection, 'public_url', config.publicUrl)
      })
      const { now } = installation.parts
      const rehearsal = { inbox: new Inbox(now), callInbox: new CallInbox(now), mailInbox: new MailInbox(now), sampleAppId }
      await listenUntilEnded(around, config, installation, () => welcome(config, around.say), rehearsal)
      return 0
    } finally {
      await database.close()
    }
  },
}

function configFrom(environment: Environment): Config {
  const { config, problems } = readConfig(environment, 'evaluate')
  if (problems.length > 0) throw new CommandRefused(problems.join('\n'))
  return config
}

function overHttps(environment: Environment): Config {
  const config = configFrom(environment)
  if (config.tls) return config
  prepareDirectory(config.dataDirectory)
  const { certificatePath, keyPath } = keepSelfSignedCertificate(config.dataDirectory, new Date())
  return configFrom({ ...environment, TLS_CERT: resolve(certificatePath), TLS_KEY: resolve(keyPath) })
}

/** Whoever trusts the certificate should not have to do so again: it is not one of these. */
const ownFiles = ['sesam.db', 'sesam.db-wal', 'sesam.db-shm', 'master.key', 'audit-checkpoints.jsonl']

/** Only what an evaluation made is thrown away: never a database somebody works with, nor one on another server. */
async function forget(config: Config): Promise<void> {
  if (config.databaseUrl) throw new CommandRefused('--fresh only forgets the embedded database. Give DATABASE_URL an empty one instead.')
  if (!existsSync(join(config.dataDirectory, 'sesam.db'))) return
  const database = openOrExplain(config)
  try {
    await migrate(database)
    await refuseProduction(database)
  } finally {
    await database.close()
  }
  for (const name of ownFiles) rmSync(join(config.dataDirectory, name), { force: true })
}

async function refuseProduction(database: Database): Promise<void> {
  const tenants = await database.kysely.selectFrom('tenants').select('id').limit(1).execute()
  if (tenants.length === 0 || (await findFact(database, 'mode')) === 'evaluation') return
  throw new CommandRefused('This database holds a real organisation. An evaluation needs a DATA_DIR or DATABASE_URL of its own.')
}

function welcome({ publicUrl, tls }: Config, say: (line: string) => void): void {
  const trusting = tls ? ` --cacert ${tls.certificatePath}` : ''
  say(`
Sesam is running for an evaluation: ${publicUrl}
The sample organisation is Contoso (contoso.example), and only this machine can reach it.

Sign in at ${publicUrl}/try with ${numberOf('anna')} (Anna, in Dutch) or ${numberOf('lars')} (Lars, in Swedish),
or by password: tom@contoso.example, “${passwordOf('tom')}”; jamie.fabrikam@contoso.example, a guest, “${passwordOf('jamie.fabrikam')}”.
The texts, calls and e-mails they get are at ${publicUrl}/inbox
Their own account is at ${publicUrl}/account

Administer at ${publicUrl}/admin: admin@contoso.example, “${passwordOf('admin')}”, and a text to ${numberOf('admin')}.
Manage a store at ${publicUrl}/staff: manager.utrecht@contoso.example (Pieter, in Dutch), “${passwordOf('manager.utrecht')}”,
or manager.malmo@contoso.example (Karin, in Swedish), “${passwordOf('manager.malmo')}”. Their texts are at /inbox too.

  API reference   ${publicUrl}/docs/api
  OpenAPI         ${publicUrl}/openapi.json
  Health          ${publicUrl}/health/ready

Try it from another terminal, in this folder:

  TOKEN=$(npm run --silent token -- --user admin@contoso.example)
  curl${trusting} -H "Authorization: Bearer $TOKEN" "${publicUrl}/v1.0/users?\\$select=displayName,userPrincipalName"

  admin@contoso.example            Global Administrator
  authadmin@contoso.example        Authentication Administrator
  manager.utrecht@contoso.example  manages the store in Utrecht, and nobody else
  anna@contoso.example             works there; in the group “Contoso SMS Users”
${tls ? trustNote(tls) : ''}
Stop with Ctrl+C. Your data stays in place; npm start -- --fresh begins again.`)
}

function trustNote({ certificatePath }: NonNullable<Config['tls']>): string {
  return `
Your browser asks once whether it may go on: nobody but this server vouches for its certificate. A Node app is told to trust it with

  NODE_EXTRA_CA_CERTS=${certificatePath}
`
}

function passwordOf(name: string): string {
  return people.find((person) => person.name === name)?.password ?? ''
}

function numberOf(name: string): string {
  return people.find((person) => person.name === name)?.number ?? ''
}
