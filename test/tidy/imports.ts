import { posix } from 'node:path'
import type { Scan } from './scan.ts'

/** What a file loads when it runs. `import type` is gone before the program starts, so it is not here. */
export interface Import {
  /** A path from the root for our own files, a package or a `node:` module for others; undefined where the name is computed. */
  target: string | undefined
  ours: boolean
}

type Aliases = Readonly<Record<string, string>>

const statement =
  /(?<![\w$.])(import|export)(?:\s+(type)(?=\s+[\w${*])(?!\s+from\s*['"]))?\s*(?:(?:(?!\b(?:import|export)\b)[\w$*{}\s,])*?\bfrom\s*)?['"]/g
const call = /(?<![\w$.])(typeof\s+)?import\s*\(\s*/g

/**
 * `import { type A }` counts: it still loads the file. So does `import('…').A` in a type unless `typeof` stands before it;
 * write `import type` instead.
 */
export function importsOf(path: string, { code, literals }: Scan, aliases: Aliases): Import[] {
  const written = new Map(literals.map((literal) => [literal.start, literal]))
  const found: Import[] = []
  for (const match of code.matchAll(statement)) {
    const specifier = written.get(match.index + match[0].length - 1)
    if (specifier && !match[2]) found.push(resolve(path, specifier.text, aliases))
  }
  for (const match of code.matchAll(call)) {
    if (match[1]) continue
    const specifier = written.get(match.index + match[0].length)
    const plain = specifier?.opens && specifier.closes && /^.\s*[,)]/.test(code.slice(specifier.start + specifier.text.length + 1))
    found.push(plain ? resolve(path, specifier.text, aliases) : { target: undefined, ours: true })
  }
  return found
}

function resolve(path: string, specifier: string, aliases: Aliases): Import {
  if (specifier.startsWith('.')) return { target: posix.join(posix.dirname(path), specifier), ours: true }
  for (const [alias, place] of Object.entries(aliases)) {
    const start = alias.replace('*', '')
    if (specifier.startsWith(start)) return { target: posix.normalize(place.replace('*', specifier.slice(start.length))), ours: true }
  }
  return { target: packageOf(specifier), ours: false }
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
}
