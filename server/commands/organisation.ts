import { randomUUID } from 'node:crypto'
import { skus } from '#contract/graph/skus.ts'
import { domainName } from '#contract/graph/texts.ts'
import type { Author } from '#server/domain/caller.ts'
import { pendingMigrations } from '#server/store/migrate.ts'
import type { Stores, System } from '#server/system.ts'
import { type Command, CommandRefused, type Given, printable, type Surroundings } from './command.ts'
import { commandConfig, installationOf, openExistingOrExplain, openToReadOrExplain } from './open-installation.ts'

const unitsMax = 1_000_000

interface Wanted {
  domain: string
  newDomain: string | undefined
  bought: { sku: (typeof skus)[number]; units: number } | undefined
}

export const organisation: Command = {
  summary: 'shows what an organisation has; adds a domain it owns, or sets how many licences it bought',
  usage: '--domain example.com [--add-domain second.example] [--licence SPE_F1 --units 120]',
  options: {
    domain: { type: 'string', meaning: 'one of its domains, to say which organisation' },
    'add-domain': { type: 'string', meaning: 'a domain that you know it owns' },
    licence: { type: 'string', meaning: `what it bought: ${skus.map(({ partNumber }) => partNumber).join(', ')}` },
    units: { type: 'string', meaning: 'how many of these it has from now on' },
  },
  async run({ environment, say }, given) {
    const wanted = readWanted(given)
    const config = commandConfig(environment)
    const changes = wanted.newDomain !== undefined || wanted.bought !== undefined
    const database = changes ? openExistingOrExplain(config) : openToReadOrExplain(config)
    try {
      const pending = await pendingMigrations(database)
      if (pending.length > 0) throw new CommandRefused(`The database lacks ${pending.join(', ')}. Run migrate first.`)
      const installation = installationOf(config, database)
      const id = await installation.tenants.findIdByDomain(wanted.domain)
      const system = id && (await installation.systemOf(id))
      if (!system) throw new CommandRefused(`No organisation here has the domain ${printable(wanted.domain)}. bootstrap makes one.`)
      if (changes) await system.inTransaction((stores) => change(stores, wanted, system.now()))
      await tell(system, say)
      return 0
    } finally {
      await database.close()
    }
  },
}

function readWanted({ options }: Given): Wanted {
  const { domain, 'add-domain': added, licence, units } = options
  if (typeof domain !== 'string') throw new CommandRefused('Say which: organisation --domain example.com')
  const newDomain = typeof added === 'string' ? domainName.safeParse(added) : undefined
  if (newDomain && !newDomain.success) throw new CommandRefused('--add-domain takes a domain such as second.example.')
  return { domain, newDomain: newDomain?.data, bought: readBought(licence, units) }
}

function readBought(licence: Given['options'][string], units: Given['options'][string]): Wanted['bought'] {
  if (licence === undefined && units === undefined) return undefined
  if (typeof licence !== 'string' || typeof units !== 'string')
    throw new CommandRefused('These two go together: --licence SPE_F1 --units 120')
  const sku = skus.find(({ partNumber }) => partNumber === licence.toUpperCase())
  if (!sku) throw new CommandRefused(`--licence takes one of ${skus.map(({ partNumber }) => partNumber).join(', ')}.`)
  if (!/^\d{1,7}$/.test(units) || Number(units) > unitsMax) throw new CommandRefused(`--units takes a whole number from 0 to ${unitsMax}.`)
  return { sku, units: Number(units) }
}

const author: Author = { author: { kind: 'server', name: 'organisation' }, requestId: randomUUID() }

async function change(stores: Stores, { newDomain, bought }: Wanted, now: Date): Promise<void> {
  if (newDomain !== undefined) await addDomain(stores, newDomain, now)
  if (bought) await buy(stores, bought, now)
}

async function addDomain({ domains, audit }: Stores, name: string, now: Date): Promise<void> {
  if (await domains.find(name)) throw new CommandRefused(`${name} is a domain of this organisation already.`)
  if (!(await domains.add(name))) throw new CommandRefused(`${name} belongs to another organisation here.`)
  const targets = [{ id: name, kind: 'Other', displayName: name }] as const
  await audit.record(author, { activity: 'Add verified domain', category: 'DirectoryManagement', operation: 'Add', targets }, now)
}

async function buy({ licences, audit }: Stores, { sku, units }: NonNullable<Wanted['bought']>, now: Date): Promise<void> {
  const { id, partNumber, plans } = sku
  const before = await licences.findSku(id)
  if (before && units < before.consumedUnits) {
    throw new CommandRefused(
      `${before.consumedUnits} people have ${partNumber}. Take back ${before.consumedUnits - units} of these licences first.`,
    )
  }
  if (before?.enabledUnits === units) return
  if (before) await licences.setEnabledUnits(id, units)
  else await licences.addSku({ id, partNumber, plans, enabledUnits: units })
  const changed = [{ name: 'prepaidUnits.enabled', from: before ? String(before.enabledUnits) : null, to: String(units) }]
  const targets = [{ id, kind: 'Other', displayName: partNumber, changed }] as const
  await audit.record(author, { activity: 'Update company settings', category: 'DirectoryManagement', operation: 'Update', targets }, now)
}

async function tell({ organization, domains, licences }: System, say: Surroundings['say']): Promise<void> {
  say(`${printable(organization.displayName)} (${organization.id})`)
  for (const { name, isDefault, isInitial, isVerified } of await domains.all()) {
    const facts = [isDefault && 'default', isInitial && 'initial', !isVerified && 'not verified'].filter(Boolean)
    say(`  domain   ${[name, ...facts].join(', ')}`)
  }
  for (const { partNumber, enabledUnits, consumedUnits } of await licences.skus()) {
    say(`  licence  ${partNumber}: ${enabledUnits} bought, ${consumedUnits} in use`)
  }
}
