import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createDatabase, freePort } from '../../test/postgres-server.ts'
import type { Way } from './load.ts'
import { makeOrganisation } from './organisation.ts'
import type { Seat } from './seat.ts'

/** One of those that are measured side by side, on a store of its own. */
export interface Side {
  name: 'ours' | 'floor' | 'oidc-provider' | 'ours, codes alone' | 'better-auth'
  program: string
  seat: Seat
  way: Way
}

export interface Sides {
  ours: Side
  /** An organisation that asks whether to stay signed in, beside the other. */
  asking: Side
  floor: Side
  bare: Side
  codes: Side
  peer: Side
}

/** Fills the stores: the same people in each. `postgres` is a server's address; without one it is SQLite. */
export async function prepareSides(directory: string, postgres: string | undefined, people: number): Promise<Sides> {
  const [port, codePort] = [await freePort(), await freePort()]
  const publicUrl = `http://localhost:${port}`
  const clientId = randomUUID()
  const masterKey = randomBytes(32).toString('base64')

  const seatOf = async (name: string): Promise<Seat> => {
    const dataDirectory = join(directory, name)
    mkdirSync(dataDirectory)
    const databaseUrl = postgres && (await createDatabase(postgres))
    return { port, codePort, publicUrl, dataDirectory, databaseUrl, masterKey, tenantId: '', clientId, people, counts: false }
  }
  const seat = await seatOf('ours')
  const silent = { ...seat, ...(await makeOrganisation(seat, publicUrl, { people, domain: 'contoso.example', asksToStaySignedIn: false })) }
  const few = { people: Math.min(people, 100), domain: 'fabrikam.example', asksToStaySignedIn: true }
  const asking = { ...seat, ...(await makeOrganisation(seat, publicUrl, few)), people: few.people }
  const codesOf = (start: string, end: string, numberField: string): Way => ({ kind: 'codes', start, end, clientId, numberField })
  return {
    ours: { name: 'ours', program: 'serve-product.ts', seat: silent, way: tenantWay(silent) },
    asking: { name: 'ours', program: 'serve-product.ts', seat: asking, way: tenantWay(asking) },
    floor: { name: 'floor', program: 'serve-floor.ts', seat: await seatOf('floor'), way: appWay('/authorize', '/token', clientId) },
    bare: { name: 'oidc-provider', program: 'serve-provider.ts', seat: await seatOf('bare'), way: appWay('/auth', '/token', clientId) },
    codes: {
      name: 'ours, codes alone',
      program: 'serve-product.ts',
      seat: silent,
      way: codesOf('/bench/send', '/bench/verify', 'number'),
    },
    peer: {
      name: 'better-auth',
      program: 'serve-peer.ts',
      seat: await seatOf('peer'),
      way: codesOf('/api/auth/phone-number/send-otp', '/api/auth/phone-number/verify', 'phoneNumber'),
    },
  }
}

function tenantWay({ tenantId, clientId }: Seat): Way {
  return appWay(`/${tenantId}/oauth2/v2.0/authorize`, `/${tenantId}/oauth2/v2.0/token`, clientId)
}

function appWay(start: string, end: string, clientId: string): Way {
  return { kind: 'app', start, end, clientId, numberField: '' }
}
