import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Whatever this process writes is nobody else's to read.
process.umask(0o077)

// What has been stripped of its types once need not be again. The cache lies inside the installation: in a folder that others can write
// to, it would be a way to hand us code.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/sesam'))

const { runCommand } = await import('./commands/run-command.ts')

process.exitCode = await runCommand(
  {
    environment: process.env,
    say: (line) => process.stdout.write(`${line}\n`),
    onHangUp: (listener) => {
      process.on('SIGHUP', listener)
      return () => process.off('SIGHUP', listener)
    },
    ended: new Promise((resolve) => {
      for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => resolve())
    }),
  },
  process.argv.slice(2),
)
