import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'

export interface RunningBrowser {
  browser: Browser
  stop(): Promise<void>
}

/** The browser that TEST_CHROMIUM names, or the one from npm. */
export async function startBrowser(): Promise<RunningBrowser> {
  return process.env.TEST_CHROMIUM ? launch(process.env.TEST_CHROMIUM, {}) : launchOurs()
}

async function launch(executablePath: string, environment: Record<string, string>): Promise<RunningBrowser> {
  // No sandbox: root cannot have one, many containers neither, and only our own pages are visited.
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
    env: { ...process.env, ...environment },
  })
  return { browser, stop: () => browser.close() }
}

/** The browser from npm comes packed, with the libraries and a font that a bare machine lacks. */
async function launchOurs(): Promise<RunningBrowser> {
  const directory = mkdtempSync(join(tmpdir(), 'sesam-browser-'))
  const remove = () => rmSync(directory, { recursive: true, force: true })
  try {
    const fonts = [join(directory, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'].map((path) => `<dir>${path}</dir>`)
    const fontsFile = join(directory, 'fonts.conf')
    writeFileSync(fontsFile, `<fontconfig>${fonts.join('')}<cachedir>${join(directory, 'fonts-cache')}</cachedir></fontconfig>`)
    const ours = await launch(await unpack(directory), {
      FONTCONFIG_FILE: fontsFile,
      LD_LIBRARY_PATH: join(directory, 'al2023/lib'),
    })
    return { browser: ours.browser, stop: () => ours.stop().finally(remove) }
  } catch (error) {
    remove()
    throw error
  }
}

/** In a process of its own, since it unpacks to wherever the environment says; its libraries only when it takes itself to be in a cloud. */
async function unpack(directory: string): Promise<string> {
  const script = `import chromium from '@sparticuz/chromium'; process.stdout.write(await chromium.executablePath())`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, TMPDIR: directory, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  })
  return stdout
}
