/** A number or an address in the middle of a sentence: it reads from left to right whatever surrounds it, and stays on one line. */
export function leftToRight(text: string): string {
  return `\u2066${text.replaceAll(' ', '\u00A0')}\u2069`
}
