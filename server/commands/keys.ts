import { randomUUID } from 'node:crypto'
import type { Author } from '#server/domain/caller.ts'
import { keyState } from '#server/domain/signing-keys.ts'
import { replaceKeys } from '#server/features/signing-keys/replace-keys.ts'
import { pendingMigrations } from '#server/store/migrate.ts'
import { makeKeyPair } from '#server/store/signing-keys.ts'
import type { Installation, System } from '#server/system.ts'
import { type Command, CommandRefused, printable, type Surroundings } from './command.ts'
import { commandConfig, installationOf, openExistingOrExplain, openToReadOrExplain } from './open-installation.ts'

const author: Author = { author: { kind: 'server', name: 'keys' }, requestId: randomUUID() }

export const keys: Command = {
  summary: 'shows the keys that tokens are signed with; replaces them at once when one has leaked',
  usage: 'list | rotate --now [--tenant example.com]',
  options: {
    now: { type: 'boolean', meaning: 'new keys at once; every token signed until then is worth nothing' },
    tenant: { type: 'string', meaning: 'a domain or the id of one organisation; all of them when absent' },
  },
  async run({ environment, say }, { words: [word, ...rest], options: { now, tenant } }) {
    const rotates = word === 'rotate'
    if (rest.length > 0 || (word !== 'list' && !rotates)) throw new CommandRefused('Say what: keys list, or keys rotate --now')
    if (rotates && !now) {
      throw new CommandRefused('Keys rotate by themselves while the server runs. To end every token that is out there: keys rotate --now')
    }
    const config = commandConfig(environment)
    const database = rotates ? openExistingOrExplain(config) : openToReadOrExplain(config)
    try {
      const pending = await pendingMigrations(database)
      if (pending.length > 0) throw new CommandRefused(`The database lacks ${pending.join(', ')}. Run migrate first.`)
      for (const system of await chosen(installationOf(config, database), tenant)) {
        if (rotates) await replaceKeys(system, author, makeKeyPair)
        await tell(system, say)
      }
      return 0
    } finally {
      await database.close()
    }
  },
}

async function chosen(installation: Installation, tenant: string | boolean | undefined): Promise<System[]> {
  const all = await installation.tenants.ids()
  const ids = typeof tenant === 'string' ? [await idOf(installation, all, tenant)] : all
  const systems = await Promise.all(ids.map((id) => installation.systemOf(id)))
  return systems.filter((system) => system !== undefined)
}

async function idOf(installation: Installation, all: readonly string[], tenant: string): Promise<string> {
  const id = all.find((each) => each === tenant.toLowerCase()) ?? (await installation.tenants.findIdByDomain(tenant))
  if (!id) throw new CommandRefused(`No organisation here has the domain or the id ${printable(tenant)}.`)
  return id
}

async function tell({ organization, signingKeys, now }: System, say: Surroundings['say']): Promise<void> {
  say(`${printable(organization.displayName)} (${organization.id})`)
  const all = await signingKeys.all()
  for (const key of all) {
    say(`  ${key.algorithm}  ${key.id}  ${keyState(all, key, now()).padEnd(7)}  signs from ${key.signsFrom.toISOString()}`)
  }
}
