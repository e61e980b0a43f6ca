import type { SourceFile, SourceTree, Violation } from './tree.ts'

/** Where each third party may be loaded; a scope stands for all its packages. What has no row may be loaded anywhere but in contract. */
const homes: Readonly<Record<string, readonly string[]>> = {
  kysely: ['server/store'],
  pg: ['server/store'],
  'node:sqlite': ['server/store'],
  fastify: ['server/http', 'server/app.ts'],
  '@fastify': ['server/http', 'server/app.ts'],
  jose: ['server/oidc', 'server/http'],
  'oidc-provider': ['server/oidc'],
  zod: ['contract', 'server/http'],
  pino: ['server/http', 'server/main.ts', 'server/commands', 'server/system.ts'],
  'libphonenumber-js': ['server/domain/phone-number.ts'],
  '@zxcvbn-ts': ['server/methods/password/common-passwords.ts'],
  'prom-client': ['server/http', 'server/app.ts'],
  '@simplewebauthn/server': ['server/methods/passkey'],
  react: ['web'],
  'react-dom': ['web'],
  'react-aria-components': ['web'],
  'lucide-react': ['web'],
  vite: ['web/build.ts', 'web/words-plugin.ts'],
  nodemailer: ['server/gateways/mail'],
  // Here too one could read the environment; everybody else has the global `process`.
  'node:process': ['server/main.ts'],
  'node:fs': [
    'server/config.ts',
    'server/main.ts',
    'server/commands',
    'server/gateways',
    'server/store/sqlite.ts',
    'server/store/backup.ts',
    'web/build.ts',
    'web/stamp.ts',
  ],
}

/** The words both sides speak have no logic, so all they need is a way to write a schema. */
const contractMayImport = ['zod']

export function thirdPartiesStayHome({ files }: SourceTree): Violation[] {
  return files
    .filter((file) => !isWorkshop(file))
    .flatMap((file) => {
      const strays = packagesOf(file).filter((name) => !isHome(file.path, name))
      return strays.map(
        (name) => `${file.path} must not import ${name}${homesOf(name) ? `, whose home is ${homesOf(name)?.join(', ')}` : ''}`,
      )
    })
}

/** The server and the contract run on `dependencies` alone; web is bundled, and tests and docs run only where everything is installed. */
export function packagesAreDeclared({ files, manifest }: SourceTree): Violation[] {
  return files.flatMap((file) => {
    const installed = Object.keys(manifest.dependencies)
    const onlyDependencies = !isWorkshop(file) && !file.path.startsWith('web/')
    if (!onlyDependencies) installed.push(...Object.keys(manifest.devDependencies))
    const unknown = packagesOf(file).filter((name) => !name.startsWith('node:') && !installed.includes(name))
    const where = onlyDependencies ? 'dependencies' : 'dependencies or devDependencies'
    return unknown.map((name) => `${file.path} imports ${name}, which package.json does not name under ${where}`)
  })
}

export function dependenciesAreDecided({ manifest, decisions }: SourceTree): Violation[] {
  return Object.keys(manifest.dependencies)
    .filter((name) => !decisions.some((text) => names(text, name)))
    .map((name) => `package.json depends on ${name}, and no record in docs/decisions names it`)
}

function packagesOf({ imports }: SourceFile): string[] {
  return [...new Set(imports.filter(({ ours }) => !ours).flatMap(({ target }) => target ?? []))]
}

function isWorkshop(file: SourceFile): boolean {
  return file.isTest || file.path.startsWith('docs/')
}

function homesOf(name: string): readonly string[] | undefined {
  return homes[name] ?? homes[name.slice(0, Math.max(0, name.indexOf('/')))]
}

function isHome(path: string, name: string): boolean {
  if (path.startsWith('contract/') && !contractMayImport.includes(name)) return false
  const allowed = homesOf(name)
  return !allowed || allowed.some((home) => path.startsWith(home) && ['', '/', '.'].includes(path.charAt(home.length)))
}

/** As a word of its own: a record on `pino-pretty` says nothing about `pino`. */
function names(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w@/-])${name.replaceAll('.', '\\.')}(?![\\w/-])`).test(text)
}
