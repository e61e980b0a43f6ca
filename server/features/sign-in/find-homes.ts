import type { PhoneNumber } from '#server/domain/phone-number.ts'
import { findSignIn, type SignInByNumber } from '#server/domain/sms-sign-in.ts'
import type { Installation, System } from '#server/system.ts'

/** An organisation that knows somebody by a number and lets the app in. */
export interface Home {
  system: System
  facts: SignInByNumber
}

/** Where the owner of this number could sign in to this app. */
export async function findHomes(installation: Installation, appId: string, number: PhoneNumber): Promise<Home[]> {
  const holders = await installation.findSignInHolders(number)
  const homes = await Promise.all(holders.map(({ tenantId }) => findHome(installation, tenantId, appId, number)))
  return homes.flatMap((home) => home ?? [])
}

/** The organisation a name ends in, where it asks names for a password and lets the app in. The domain says which; nobody is looked up. */
export async function findNameHome(installation: Installation, appId: string, name: string): Promise<string | undefined> {
  const domain = name.trim().split('@')[1]
  const tenantId = domain ? await installation.tenants.findIdByDomain(domain) : undefined
  const system = tenantId === undefined ? undefined : await installation.systemOf(tenantId)
  const client = system?.hasPasswords ? await system.apps.findClient(appId) : undefined
  return client?.isEnabled ? tenantId : undefined
}

async function findHome(installation: Installation, tenantId: string, appId: string, number: PhoneNumber): Promise<Home | undefined> {
  const system = await installation.systemOf(tenantId)
  const client = await system?.apps.findClient(appId)
  if (!system || !client?.isEnabled) return undefined
  const facts = await findSignIn(system, number, system.now())
  return facts?.state === 'ready' ? { system, facts } : undefined
}
