import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build, type Manifest } from 'vite'
import { builtDirectory, isStale, stampOfSources } from './stamp.ts'
import { onlySpokenWords } from './words-plugin.ts'

const root = join(import.meta.dirname, '..')

/** Below this, packing saves less than the headers that say so. */
const packedMinBytes = 600

/** The specimen has no words of its own. */
const speaksAsSpecimen = 'account'

/** Each app is entered by `enter.ts`, which loads `main.tsx` for whoever stays. */
const apps = ['account', 'admin', 'staff', 'specimen']

const stamp = stampOfSources()
mkdirSync(dirname(builtDirectory), { recursive: true })
const made = mkdtempSync(join(dirname(builtDirectory), 'web-'))
try {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    base: '/web/',
    publicDir: false,
    plugins: [onlySpokenWords()],
    oxc: { jsx: { runtime: 'automatic' } },
    build: {
      outDir: made,
      assetsDir: '',
      manifest: true,
      license: true,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // A picture inside a script is a picture nobody can keep.
      assetsInlineLimit: 0,
      rolldownOptions: {
        // Where a part of a library runs is told to frameworks that also run on servers.
        onLog: (level, log, tell) => log.code === 'MODULE_LEVEL_DIRECTIVE' || tell(level, log),
        input: Object.fromEntries(apps.map((name) => [name, join(root, `web/${name}/enter.ts`)])),
      },
    },
  })
  const manifest: Manifest = JSON.parse(readFileSync(join(made, '.vite/manifest.json'), 'utf8'))
  const files = readdirSync(made).filter((name) => /\.(?:js|css|svg)$/.test(name))
  for (const name of files) pack(join(made, name))
  const listed = { stamp, apps: Object.fromEntries(apps.map((name) => [name, describe(manifest, name)])), files }
  // Whoever serves it may be another user than whoever built it.
  chmodSync(made, 0o755)
  writeFileSync(join(made, 'apps.json'), JSON.stringify(listed, undefined, 2))
  putInPlace(made)
} finally {
  rmSync(made, { recursive: true, force: true })
}

/** What the page of an app names: its first script, the app behind it with all it loads at once, and the words of each language. */
function describe(manifest: Manifest, name: string) {
  const first = loadedBy(manifest, `web/${name}/enter.ts`)
  const app = loadedBy(manifest, `web/${name}/main.tsx`)
  const words = Object.entries(manifest).flatMap(([key, { file }]) => {
    const [, language, app] = /^locales\/(\w+)\.json\?(\w+)$/.exec(key) ?? []
    return language && app === (name === 'specimen' ? speaksAsSpecimen : name) ? [[language, file] as const] : []
  })
  return {
    script: first[0]?.file,
    preloads: first.slice(1).map(({ file }) => file),
    app: {
      scripts: app.map(({ file }) => file).filter((file) => !first.some((one) => one.file === file)),
      styles: [...new Set(app.flatMap(({ css = [] }) => css))],
    },
    words: Object.fromEntries(words),
  }
}

function loadedBy(manifest: Manifest, key: string) {
  if (!manifest[key]) throw new Error(`the build made no ${key}`)
  return [...closure(manifest, key)].flatMap((each) => manifest[each] ?? [])
}

function closure(manifest: Manifest, key: string, found = new Set<string>()): Set<string> {
  if (found.has(key)) return found
  found.add(key)
  for (const next of manifest[key]?.imports ?? []) closure(manifest, next, found)
  return found
}

function pack(path: string): void {
  const plain = readFileSync(path)
  if (plain.length < packedMinBytes) return
  writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }))
  writeFileSync(`${path}.br`, brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }))
}

/** All at once, so that whoever starts meanwhile finds either the build before or this one. Of two that built the same, the first one stays. */
function putInPlace(directory: string): void {
  if (!isStale()) return
  const before = `${directory}-before`
  try {
    renameSync(builtDirectory, before)
  } catch {
    // It is the first build, or another one is doing the same.
  }
  try {
    renameSync(directory, builtDirectory)
  } finally {
    rmSync(before, { recursive: true, force: true })
  }
}
