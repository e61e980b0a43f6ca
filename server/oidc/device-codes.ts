import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { chargesForUserCode } from '#server/domain/user-code-tries.ts'
import type { System } from '#server/system.ts'

const pagesForDevices: ReadonlySet<string> = new Set(['code_verification', 'device_resume'])

/** Somebody who may administer the organisation was about to sign a device in. */
export class NotForAdministrators extends errors.AccessDenied {}

/** Looks for the device that shows this code. Paid for before anybody looks, so that racing guesses cannot share a try; a right one is free. */
export async function findByUserCode<Found>(system: Pick<System, 'budgets' | 'now'>, find: () => Promise<Found>): Promise<Found> {
  const context = Provider.ctx
  const charges = chargesForUserCode(context?.oidc.session?.uid ?? '', context?.ip ?? '')
  const denials = await system.budgets.take(charges, system.now())
  if (denials.length > 0) throw new errors.SlowDown()
  const found = await find()
  if (found !== undefined) system.budgets.refund(charges, system.now())
  return found
}

/**
 * False for what a device was given before its person got a role. A device somebody else holds is the easiest thing to be tricked into signing
 * in, and of all accounts those that administer are worth it.
 */
export async function mayUseDevice(
  { authority }: Pick<System, 'authority'>,
  { oidc }: KoaContextWithOIDC,
  userId: string,
  token: { kind?: unknown; gty?: unknown } | undefined,
): Promise<boolean> {
  const isAtPage = pagesForDevices.has(String(oidc.route))
  const isByDevice = token?.kind === 'DeviceCode' || String(token?.gty).startsWith('device_code')
  if (!isAtPage && !isByDevice) return true
  const account = await authority.findAccount(userId)
  if (!account || account.roles.length === 0) return true
  if (isAtPage) throw new NotForAdministrators('a person with a directory role does not sign in by a device code')
  return false
}
