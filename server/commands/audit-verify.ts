import type { AuditDamage, AuditVerdict } from '#server/domain/audit-chain.ts'
import { parseCheckpoint } from '#server/gateways/checkpoint-file.ts'
import type { Installation } from '#server/system.ts'
import { printable } from './command.ts'

const meanings: Readonly<Record<AuditDamage, string>> = {
  edited: 'does not say any more what this server wrote',
  deleted: 'is missing',
  inserted: 'was not written by this server, or not at its time',
  reordered: 'does not follow from the one before it',
  rewritten: 'fits, but is not the one that was signed here',
  truncated: 'and what followed is cut off; a checkpoint has seen it',
  'checkpoint forged': 'has a checkpoint that this server did not sign',
}

/** Tells one line for every tenant and answers whether all are as this server left them. `shippedCheckpoints` are the lines of the shipped file. */
export async function auditVerify(
  installation: Installation,
  shippedCheckpoints: readonly string[],
  write: (line: string) => void,
): Promise<boolean> {
  const lines = shippedCheckpoints.filter((line) => line.trim() !== '')
  const shipped = lines.map(parseCheckpoint).filter((checkpoint) => checkpoint !== undefined)
  if (shipped.length < lines.length) write(`Lines of the shipped checkpoints that cannot be read: ${lines.length - shipped.length}`)
  // A tenant that is gone from the database altogether is still known outside.
  const tenantIds = new Set([...(await installation.tenants.ids()), ...shipped.map(({ tenantId }) => tenantId)])
  const verdicts: AuditVerdict[] = []
  for (const tenantId of tenantIds) {
    const own = shipped.filter((checkpoint) => checkpoint.tenantId === tenantId)
    const verdict = await installation.auditChain(tenantId).verify(own, installation.parts.now())
    const name = (await installation.tenants.find(tenantId))?.displayName ?? 'a tenant that is gone'
    write(`${printable(name)} (${tenantId}): ${sentence(verdict)}`)
    verdicts.push(verdict)
  }
  return verdicts.every(({ kind }) => kind === 'intact')
}

function sentence(verdict: AuditVerdict): string {
  if (verdict.kind === 'broken') {
    const { damage, seq, eventId } = verdict
    const place = [eventId !== undefined && `event ${printable(eventId)}`, seq !== undefined && `seal ${seq}`].filter(Boolean).join(', ')
    return `BROKEN (${damage}): ${place} ${meanings[damage]}.`
  }
  const { events, sealed, lastCheckpoint } = verdict
  const proof = lastCheckpoint
    ? `signed to seal ${lastCheckpoint.seq} at ${lastCheckpoint.signedAt.toISOString()}`
    : 'no checkpoint has been signed yet'
  return `intact: ${events} events, ${sealed} sealed, ${proof}.`
}
