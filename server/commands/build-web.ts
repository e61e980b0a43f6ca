import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/**
 * Builds the web apps where their sources changed since the last time. Where there are no sources, or nothing to build them with, as in
 * production, what was built before is used.
 */
export async function buildWebWhenStale(say: (line: string) => void): Promise<void> {
  if (!['web/build.ts', 'node_modules/vite'].every((path) => existsSync(join(root, path)))) return
  const { isStale } = await import('../../web/stamp.ts')
  if (!isStale()) return
  say('Building the web apps: a few seconds, and only after a change.')
  // In a process of its own, whose memory is free again when the server begins.
  const building = spawn(process.execPath, [join(root, 'web/build.ts')], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(building, 'close')
  if (code !== 0) say('The web apps could not be built, so My Account is not there. npm run build says why.')
}
