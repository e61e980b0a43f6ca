import { readable } from './readable.ts'

const groups = 4
const groupLength = 4

/** For a day, and easy to read out over a phone: four groups of four, 79 bits. */
export function temporaryPassword(): string {
  return Array.from({ length: groups }, () => readable(groupLength)).join('-')
}
