import { setting } from '../setting.ts'

let ahead: number | undefined

/** The server's time: a phone whose own clock is wrong would otherwise sign proofs that nobody takes. */
export function serverNow(): number {
  // The page was written a moment before it began to be read; that moment is well within what proofs are allowed.
  ahead ??= setting().now - Date.now()
  return Date.now() + ahead
}
