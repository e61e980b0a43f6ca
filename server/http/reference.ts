import type { ReferenceBody } from '#contract/graph/references.ts'
import { refuse } from '#server/domain/refusal.ts'

const lastSegment = /\/(?:directoryObjects|users|groups)\/([^/?#]+)\/?$/i
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The object an address points at. Only its last part is read: behind a proxy, people write the host in many ways. */
export function referencedId(body: ReferenceBody): string {
  return idIn(body['@odata.id'])
}

export function idIn(address: string): string {
  const id = lastSegment.exec(address)?.[1]
  if (!id || !guid.test(id)) refuse('reference_invalid', { property: '@odata.id' })
  return id.toLowerCase()
}
