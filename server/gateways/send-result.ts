export type SendResult =
  | { kind: 'sent' }
  /** It may go better in a while, or by another gateway. */
  | { kind: 'failed'; reason: string; retryAfterMs?: number }
  /** This gateway will never take it. */
  | { kind: 'refused'; reason: string }
