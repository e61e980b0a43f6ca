import { randomInt } from 'node:crypto'

/** Without the letters and digits that are taken for one another when somebody reads them out. */
const characters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** So many of them by chance: each is worth nearly five bits. */
export function readable(length: number): string {
  return Array.from({ length }, () => characters[randomInt(characters.length)] ?? '').join('')
}
