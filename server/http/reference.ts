import type { ReferenceBody } from '#contract/graph/references.ts'
import { refuse } from '#server/domain/refusal.ts'

const lastSegment = /\/(?:directoryObjects|users|groups)\/([^/?#]+)\/?$/i
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The object an address points at. Only its last part is read: behind a proxy, people write the host in many ways. */
export function referencedId(body: ReferenceBody): string {
  return idIn(body['@odata.id'])
}

/** The objects that `members@odata.bind` or its like names; undefined when the body does not have it. */
export function boundIds(property: string, addresses: readonly string[] | undefined): string[] | undefined {
  return addresses?.map((address) => idIn(address, property))
}

function idIn(address: string, property = '@odata.id'): string {
  const id = lastSegment.exec(address)?.[1]
  if (!id || !guid.test(id)) refuse('reference_invalid', { property })
  return id.toLowerCase()
}
