import { randomBytes, randomUUID } from 'node:crypto'
import type { Author } from '#server/domain/caller.ts'
import { roleIdOf } from '#server/domain/roles.ts'
import { migrate } from '#server/store/migrate.ts'
import type { Installation, Stores, System } from '#server/system.ts'
import { type Command, CommandRefused, type Given } from './command.ts'
import { commandConfig, installationOf, openOrExplain, prepareDirectory } from './open-installation.ts'

const lifeMinutes = 15
const secretBytes = 32

interface Wanted {
  organisation: string
  domain: string
  user: string
  name: string
}

export const bootstrap: Command = {
  summary: 'makes an organisation and its first Global Administrator; prints a link that works once, for 15 minutes',
  usage: '--domain example.com --user you@example.com [--organisation "Example"] [--name "Your Name"]',
  options: {
    domain: { type: 'string', meaning: 'the domain user principal names end in' },
    user: { type: 'string', meaning: 'the first administrator' },
    organisation: { type: 'string', meaning: 'what the organisation is called; the domain when absent' },
    name: { type: 'string', meaning: 'what the administrator is called' },
  },
  async run({ environment, say }, given) {
    const wanted = readWanted(given)
    const config = commandConfig(environment)
    if (!config.databaseUrl) prepareDirectory(config.dataDirectory)
    const database = openOrExplain(config)
    try {
      await migrate(database)
      const installation = installationOf(config, database)
      const link = await makeLink(installation, wanted)
      say(`Open this within ${lifeMinutes} minutes, once, to become the first administrator:\n\n  ${config.publicUrl}/bootstrap/${link}\n`)
      return 0
    } finally {
      await database.close()
    }
  },
}

function readWanted({ options }: Given): Wanted {
  const { domain, user, organisation, name } = options
  if (typeof domain !== 'string' || typeof user !== 'string') {
    throw new CommandRefused('Say who: bootstrap --domain example.com --user you@example.com')
  }
  if (!user.toLowerCase().endsWith(`@${domain.toLowerCase()}`)) throw new CommandRefused(`${user} does not end in @${domain}.`)
  return {
    domain,
    user,
    organisation: typeof organisation === 'string' ? organisation : domain,
    name: typeof name === 'string' ? name : (user.split('@')[0] ?? user),
  }
}

/** The tenant stands before the secret, so that the link is looked for in one tenant only. */
async function makeLink(installation: Installation, wanted: Wanted): Promise<string> {
  const system = await organisationFor(installation, wanted)
  const secret = randomBytes(secretBytes).toString('base64url')
  await system.inTransaction(async (stores) => {
    const userId = await firstAdministrator(stores, wanted, system.now())
    await stores.bootstrapLinks.add(secret, userId, new Date(system.now().getTime() + lifeMinutes * 60_000))
  })
  return `${system.organization.id}.${secret}`
}

async function organisationFor(installation: Installation, { domain, organisation }: Wanted): Promise<System> {
  const id = await installation.tenants.findIdByDomain(domain)
  const known = id && (await installation.systemOf(id))
  if (known) return known
  return installation.addTenant({ displayName: organisation, defaultCountry: undefined, languages: ['en', 'nl', 'sv'], domains: [domain] })
}

const author: Author = { author: { kind: 'server', name: 'bootstrap' }, requestId: randomUUID() }

/**
 * Only where nobody else has the role yet: whoever reaches the terminal must not be able to slip in beside those who have it.
 * Somebody whose link ran out before they used it gets a new one.
 */
async function firstAdministrator(stores: Stores, { user, name }: Wanted, now: Date): Promise<string> {
  const { users, roles, audit } = stores
  const known = await users.find(user)
  const holders = await roles.globalAdministrators()
  if (holders.some((id) => id !== known?.id) || (known && (await hasComeIn(stores, known.id)))) {
    throw new CommandRefused('This organisation has a Global Administrator already, who can give others the role.')
  }
  const id = known?.id ?? randomUUID()
  const targets = [{ id, kind: 'User', displayName: name, userPrincipalName: user }] as const
  if (!known) {
    await users.add(
      { id, userPrincipalName: user, displayName: name, mailNickname: user.split('@')[0] ?? 'admin', accountEnabled: true },
      now,
    )
    await audit.record(author, { activity: 'Add user', category: 'UserManagement', operation: 'Add', targets }, now)
  }
  if (!holders.includes(id)) {
    const scope = { kind: 'tenant' } as const
    await roles.add({ id: randomUUID(), roleId: roleIdOf('Global Administrator'), principalId: id, principalKind: 'user', scope }, now)
    await audit.record(author, { activity: 'Add member to role', category: 'RoleManagement', operation: 'Assign', targets }, now)
  }
  return id
}

/** Whoever came in where no text could be sent may have typed a wrong number, and would be shut out without another link. */
async function hasComeIn({ bootstrapLinks, personPasswords, phones }: Stores, userId: string): Promise<boolean> {
  if (!(await bootstrapLinks.wasUsedBy(userId))) return false
  const hasHalf =
    (await personPasswords.find(userId)) !== undefined &&
    (await phones.ofUser(userId)).every(({ provenAt, usedAt }) => !provenAt && !usedAt)
  return !hasHalf
}
