import { randomInt } from 'node:crypto'

/** Without the letters and digits that are taken for one another when a password is read out. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
const groups = 4
const groupLength = 4

/** For a day, and easy to read out over a phone: four groups of four, 79 bits. */
export function temporaryPassword(): string {
  const letter = () => letters[randomInt(letters.length)] ?? ''
  return Array.from({ length: groups }, () => Array.from({ length: groupLength }, letter).join('')).join('-')
}
