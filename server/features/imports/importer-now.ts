import type { Caller } from '#server/domain/caller.ts'
import { requirePermission } from '#server/domain/decide.ts'
import type { Importer } from '#server/domain/import-run.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Stores } from '#server/system.ts'
import { type Header, hasGroups, hasNumbers } from './read-person.ts'

/** Who imports, as they are when the import begins; what they may do is asked of the store for each batch. */
export async function importerOf({ authority }: Pick<Stores, 'authority'>, caller: Caller): Promise<Importer> {
  const { id, author, requestId, scopes, strongProofAt, isApp = false } = caller
  const epoch = isApp ? undefined : (await authority.findAccount(id))?.epoch
  return { kind: 'caller', author: { author, requestId }, id, isApp, epoch, scopes: [...scopes], strongProofAt: strongProofAt?.getTime() }
}

/** Undefined for the server itself. Whoever lost their account, their session, a role or a permission meanwhile brings nobody in any more. */
export async function importerNow(stores: Stores, importer: Importer): Promise<Caller | undefined> {
  if (importer.kind === 'server') return undefined
  return importer.isApp ? appNow(stores, importer) : personNow(stores, importer)
}

type AnyCaller = Extract<Importer, { kind: 'caller' }>

async function personNow({ authority }: Stores, importer: AnyCaller): Promise<Caller> {
  const account = (await authority.findAccount(importer.id)) ?? refuse('token_revoked')
  if (!account.accountEnabled) refuse('account_disabled')
  if (account.epoch !== importer.epoch) refuse('token_revoked')
  const { id, roles, userType } = account
  const strongProofAt = importer.strongProofAt === undefined ? undefined : new Date(importer.strongProofAt)
  return {
    id,
    roles,
    userType,
    scopes: new Set(importer.scopes),
    provenAt: undefined,
    sessionName: undefined,
    strongProofAt,
    ...importer.author,
  }
}

async function appNow({ servicePrincipals }: Stores, importer: AnyCaller): Promise<Caller> {
  const account = (await servicePrincipals.findAccount(importer.id)) ?? refuse('token_revoked')
  if (!account.isEnabled) refuse('app_disabled')
  const scopes = new Set(importer.scopes).intersection(account.roles)
  return {
    id: importer.id,
    isApp: true,
    roles: [],
    userType: 'Member',
    scopes,
    provenAt: undefined,
    sessionName: undefined,
    strongProofAt: undefined,
    ...importer.author,
  }
}

/** People, numbers and groups are three permissions; a file needs those for what it has columns of. */
export function requireMayImport(caller: Caller, header: Header, now: Date): void {
  requirePermission(caller, 'imports.add', now)
  if (hasNumbers(header)) requirePermission(caller, 'phones.change', now)
  if (hasGroups(header)) requirePermission(caller, 'groups.members.change', now)
}
