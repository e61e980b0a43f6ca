import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

export const builtDirectory = join(root, 'dist/web')

/** Everything the built files are made of. A package changes only together with the lock file. */
const sources = ['web', 'contract', 'locales', 'package.json', 'package-lock.json', 'tsconfig.json']

/** Changes whenever a source does. Tests are left out: they are in no bundle. */
export function stampOfSources(): string {
  const hash = createHash('sha256')
  for (const path of sources.flatMap(filesAt))
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0')
  return hash.digest('hex')
}

export function isStale(): boolean {
  const list = join(builtDirectory, 'apps.json')
  if (!existsSync(list)) return true
  const { stamp }: { stamp?: unknown } = JSON.parse(readFileSync(list, 'utf8'))
  return stamp !== stampOfSources()
}

function filesAt(path: string): string[] {
  const entries = path.includes('.') ? undefined : readdirSync(join(root, path), { withFileTypes: true, recursive: true })
  if (!entries) return [path]
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort()
}
