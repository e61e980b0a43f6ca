import { emailEntries } from './email-entries.ts'
import type { Entry, Facts } from './entry.ts'
import { passwordEntries } from './password-entries.ts'
import { phoneEntries } from './phone-entries.ts'

/** Where the rows of the page come from, in its order; a method that is built adds its line. */
const sources: readonly ((facts: Facts) => Entry[])[] = [phoneEntries, emailEntries, passwordEntries]

export function entriesOf(facts: Facts): Entry[] {
  return sources.flatMap((source) => source(facts))
}
