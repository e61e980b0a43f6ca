export interface Brackets {
  /** Opening bracket → closing bracket, and back. */
  partner: ReadonlyMap<number, number>
  /** Opening bracket → the opening bracket right around it. */
  parent: ReadonlyMap<number, number>
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** Pairs round, square and curly brackets of scanned code. An unpaired one is left out and hurts only the lines around it. */
export function bracketsOf(code: string): Brackets {
  const partner = new Map<number, number>()
  const parent = new Map<number, number>()
  const open: number[] = []
  for (const { 0: bracket, index } of code.matchAll(/[()[\]{}]/g)) {
    if (closing[bracket]) {
      const around = open.at(-1)
      if (around !== undefined) parent.set(index, around)
      open.push(index)
      continue
    }
    const opener = open.at(-1)
    if (opener === undefined || closing[code.charAt(opener)] !== bracket) continue
    open.pop()
    partner.set(opener, index)
    partner.set(index, opener)
  }
  return { partner, parent }
}
