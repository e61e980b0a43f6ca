/** One signature over everything that was sealed so far: whoever holds a copy outside the database can tell that nothing of it is missing. */
export interface Checkpoint {
  tenantId: string
  seq: number
  hash: string
  signedAt: Date
  signature: string
}

export type AuditDamage =
  /** A sealed event does not say any more what this server wrote. */
  | 'edited'
  /** An event or a seal is missing in between. */
  | 'deleted'
  /** A row stands here that this server did not write, or that was not here when its time was sealed. */
  | 'inserted'
  /** A true event stands behind a seal that does not follow from the one before it. */
  | 'reordered'
  /** The chain fits, but is not the one that was signed. */
  | 'rewritten'
  /** The end that a checkpoint has seen is gone. */
  | 'truncated'
  | 'checkpoint forged'

export type AuditVerdict =
  | { kind: 'intact'; events: number; sealed: number; lastCheckpoint: Checkpoint | undefined }
  /** The first row that is not as this server left it; an event that never got a seal has no `seq`. */
  | { kind: 'broken'; damage: AuditDamage; seq: number | undefined; eventId: string | undefined }
