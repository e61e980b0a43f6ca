import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtWeb } from './built-web.ts'
import { freePort } from './postgres-server.ts'

export interface RunningEvaluation {
  url: string
  stop(): Promise<void>
}

/** A fresh evaluation as `npm start` runs it, with data of its own; for scripts that are no tests. */
export async function startEvaluation(): Promise<RunningEvaluation> {
  await builtWeb()
  const data = mkdtempSync(join(tmpdir(), 'sesam-evaluation-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const server = spawn(process.execPath, ['server/main.ts', 'evaluate'], {
    cwd: join(import.meta.dirname, '..'),
    env: { PATH: process.env.PATH, DATA_DIR: data, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const stop = async () => {
    if (server.exitCode === null) {
      server.kill()
      await once(server, 'close')
    }
    rmSync(data, { recursive: true, force: true })
  }
  for (let tries = 0; tries < 400 && server.exitCode === null; tries++) {
    if (await isReady(url)) return { url, stop }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await stop()
  throw new Error('the evaluation did not start')
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  )
}
