import { randomUUID } from 'node:crypto'
import type { App } from '#server/domain/app.ts'
import { everybody } from '#server/domain/method-policy.ts'
import { parsePhoneNumber } from '#server/domain/phone-number.ts'
import { openDatabase } from '#server/store/database.ts'
import { migrate } from '#server/store/migrate.ts'
import { MasterKey } from '#server/store/vault.ts'
import { Installation, type System } from '#server/system.ts'
import type { Place } from '../servers.ts'
import { numberOf } from './people.ts'

const perTransaction = 500

/** An organisation whose people sign in by text to one app, which asks nothing more of them. */
export async function makeOrganisation(
  place: Place,
  publicUrl: string,
  options: { people: number; domain: string; asksToStaySignedIn: boolean },
): Promise<{ tenantId: string; clientId: string }> {
  const database = openDatabase(place)
  try {
    await migrate(database)
    const masterKey = new MasterKey(Buffer.from(place.masterKey, 'base64'))
    const installation = new Installation({ database, masterKey, publicUrl, now: () => new Date() })
    const system = await installation.addTenant({
      displayName: 'Contoso',
      defaultCountry: 'NL',
      languages: ['nl'],
      domains: [options.domain],
    })
    for (let from = 0; from < options.people; from += perTransaction) {
      await addPeople(system, options.domain, from, Math.min(perTransaction, options.people - from))
    }
    const clientId = await allowSignIn(system, options.asksToStaySignedIn)
    await database.migrating((connection) => connection.run('analyze', []))
    return { tenantId: system.organization.id, clientId }
  } finally {
    await database.close()
  }
}

async function addPeople(system: System, domain: string, from: number, count: number): Promise<void> {
  const indexes = Array.from({ length: count }, (_, index) => from + index)
  await system.inTransaction(async ({ users, phones }) => {
    for (const index of indexes) {
      const id = randomUUID()
      const name = `person${index}`
      const userPrincipalName = `${name}@${domain}`
      await users.add({ id, userPrincipalName, displayName: `Person ${index}`, mailNickname: name, accountEnabled: true }, new Date())
      const parsed = parsePhoneNumber(numberOf(index))
      if (parsed.kind !== 'number') throw new Error(`${numberOf(index)} is no number`)
      await phones.add({ userId: id, type: 'mobile', number: parsed.number, isSignInName: true, signInWish: 'wanted' }, new Date())
    }
  })
}

async function allowSignIn(system: System, asksToStaySignedIn: boolean): Promise<string> {
  const app: App = {
    id: randomUUID(),
    appId: randomUUID(),
    displayName: 'Rooster',
    description: undefined,
    audience: 'AzureADMyOrg',
    redirectUris: { web: [], spa: [], publicClient: ['https://app.example/callback'] },
    homePageUrl: undefined,
    logoutUrl: undefined,
    backChannelLogoutUri: undefined,
    isFallbackPublicClient: false,
    idTokenAlgorithm: 'ES256',
    requiredScopes: [],
    requiredRoles: [],
    secrets: [],
    keys: [],
    createdAt: new Date(),
  }
  await system.inTransaction(async ({ apps, methodPolicies, settings }) => {
    const servicePrincipalId = await apps.add(app, new Date())
    await apps.addConsent({ servicePrincipalId, scopes: ['User.Read'] }, new Date())
    const target = { kind: 'group', id: everybody, isExcluded: false, isUsableForSignIn: true } as const
    await methodPolicies.set('sms', { isEnabled: true, targets: [target], settings: {} })
    await settings.set({ ...(await settings.get()), asksToStaySignedIn })
  })
  return app.appId
}
