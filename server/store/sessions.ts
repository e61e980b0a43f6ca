import type { HeldApp, HeldSession } from '#server/domain/session.ts'
import { recordName } from '#server/domain/session.ts'
import type { Connection } from './connection.ts'
import { type OidcRecord, OidcRecords } from './oidc-records.ts'
import { prepared } from './prepared.ts'
import type { Vault } from './vault.ts'

/** As long as the longest living thing that was given in a session; until then a request that was under way could bring it back. */
const tombstoneMs = 90 * 86_400_000
const ended = 'EndedSession'
const table = 'oidc_records'

const browserCarriedOver = prepared((db, epoch: number, tenantId: string, name: string) =>
  db.updateTable(table).set({ epoch }).where('tenant_id', '=', tenantId).where('uid', '=', name).where('kind', '=', 'Session'),
)
const grantCarriedOver = prepared((db, epoch: number, tenantId: string, grant: string) =>
  db.updateTable(table).set({ epoch }).where('tenant_id', '=', tenantId).where('kind', '=', 'Grant').where('id', '=', grant),
)
const givenCarriedOver = prepared((db, epoch: number, tenantId: string, grant: string) =>
  db.updateTable(table).set({ epoch }).where('tenant_id', '=', tenantId).where('grant_id', '=', grant),
)

/** Who is signed in where, as the records of the OpenID provider tell it. */
export class Sessions {
  readonly #connection: Connection
  readonly #tenantId: string
  readonly #records: OidcRecords

  constructor(connection: Connection, tenantId: string, vault: Vault) {
    this.#connection = connection
    this.#tenantId = tenantId
    this.#records = new OidcRecords(connection, tenantId, vault)
  }

  /** The living ones. What belongs to an older epoch of the person ended with it. */
  async ofUser({ id: userId, epoch }: { id: string; epoch: number }, now: Date): Promise<HeldSession[]> {
    const browsers = await this.#records.ofUser('Session', userId, epoch, now)
    // An app that may come back by itself keeps its person signed in when the browser has long forgotten them.
    const tokens = await this.#records.ofUser('RefreshToken', userId, epoch, now)
    const pieces = [...browsers.flatMap((record) => ofBrowser(record)), ...tokens.flatMap((record) => ofToken(record))]
    const sessions = Map.groupBy(pieces, ({ name }) => name)
    const living = await Promise.all(
      [...sessions].map(async ([name, parts]) => ((await this.#hasEnded(name, now)) ? [] : [joined(userId, parts)])),
    )
    return living.flat()
  }

  /** It ends with all that apps were given in it, and nothing that is on its way brings it back. */
  async end({ name, grants }: HeldSession, now: Date): Promise<void> {
    await this.#records.addOnce(ended, name, new Date(now.getTime() + tombstoneMs), now)
    await this.#records.removeNamed('Session', name)
    for (const grant of grants) await this.#records.removeGrantNamed(grant)
  }

  /** It goes on in a new epoch of its person, with what its apps may come back with. */
  async carryOver({ name, grants }: HeldSession, epoch: number): Promise<void> {
    await browserCarriedOver.write(this.#connection, epoch, this.#tenantId, name)
    for (const grant of grants) {
      await grantCarriedOver.write(this.#connection, epoch, this.#tenantId, grant)
      await givenCarriedOver.write(this.#connection, epoch, this.#tenantId, grant)
    }
  }

  hasEnded(uid: string, now: Date): Promise<boolean> {
    return this.#hasEnded(recordName(uid), now)
  }

  async #hasEnded(name: string, now: Date): Promise<boolean> {
    return (await this.#records.find(ended, name, now)) !== undefined
  }
}

type Piece = Omit<HeldSession, 'userId'>

function ofBrowser({ payload }: OidcRecord): Piece[] {
  const { uid, loginTs, amr, exp, authorizations } = payload
  if (typeof uid !== 'string' || typeof loginTs !== 'number') return []
  const given = Object.entries(isObject(authorizations) ? authorizations : {}).map(([appId, each]) => {
    const { sid, grantId } = isObject(each) ? each : {}
    return { appId, sid: typeof sid === 'string' ? sid : undefined, grant: typeof grantId === 'string' ? recordName(grantId) : undefined }
  })
  return [
    {
      name: recordName(uid),
      provenAt: new Date(loginTs * 1000),
      methods: textsIn(amr),
      endsAt: typeof exp === 'number' ? new Date(exp * 1000) : undefined,
      apps: given.map(({ appId, sid }) => ({ appId, sid })),
      grants: given.flatMap(({ grant }) => grant ?? []),
    },
  ]
}

function ofToken({ payload, grantHash }: OidcRecord): Piece[] {
  const { sessionUid, authTime, amr, clientId, sid } = payload
  if (typeof sessionUid !== 'string' || typeof authTime !== 'number' || typeof clientId !== 'string') return []
  return [
    {
      name: recordName(sessionUid),
      provenAt: new Date(authTime * 1000),
      methods: textsIn(amr),
      endsAt: undefined,
      apps: [{ appId: clientId, sid: typeof sid === 'string' ? sid : undefined }],
      grants: grantHash === undefined ? [] : [grantHash],
    },
  ]
}

function joined(userId: string, parts: readonly Piece[]): HeldSession {
  const [first] = parts.toSorted((one, other) => other.provenAt.getTime() - one.provenAt.getTime())
  if (!first) throw new Error('a session of nothing')
  const apps = new Map<string, HeldApp>()
  for (const app of parts.flatMap((part) => part.apps)) if (!apps.get(app.appId)?.sid) apps.set(app.appId, app)
  return {
    userId,
    name: first.name,
    provenAt: first.provenAt,
    methods: first.methods,
    endsAt: parts.find(({ endsAt }) => endsAt)?.endsAt,
    apps: [...apps.values()],
    grants: [...new Set(parts.flatMap(({ grants }) => grants))],
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
