import type { SourceTree, Violation } from './tree.ts'

interface Room {
  name: string
  /** What a slice's name is made of stands in the group; a slice never reaches its siblings. */
  place: RegExp
  mayImport: readonly string[] | 'anything'
}

const notTheTop = ['contract', 'domain', 'locale', 'store', 'gateways', 'http', 'oidc', 'methods index', 'method', 'feature', 'system']

/** The law of imports at run time. The first row whose place fits is the room; what stands in no row, nobody may import. */
const rooms: readonly Room[] = [
  { name: 'test', place: /^(?:test|bench|docs)\/|\.test\.tsx?$/, mayImport: 'anything' },
  { name: 'locales', place: /^locales\//, mayImport: [] },
  { name: 'contract', place: /^contract\//, mayImport: [] },
  { name: 'domain', place: /^server\/domain\//, mayImport: ['contract'] },
  { name: 'locale', place: /^server\/locale\.ts$/, mayImport: ['contract', 'locales'] },
  { name: 'config', place: /^server\/config\.ts$/, mayImport: ['contract', 'domain'] },
  { name: 'store', place: /^server\/store\//, mayImport: ['contract', 'domain'] },
  { name: 'gateways', place: /^server\/gateways\//, mayImport: ['contract', 'domain'] },
  { name: 'http', place: /^server\/http\//, mayImport: ['contract', 'domain', 'locale'] },
  { name: 'oidc', place: /^server\/oidc\//, mayImport: ['contract', 'domain', 'http'] },
  { name: 'methods index', place: /^server\/methods\/index\.ts$/, mayImport: ['contract', 'domain', 'method'] },
  // What a method is, for all of them: a type, so no row names this room.
  { name: 'methods shape', place: /^server\/methods\/[^/]+\.ts$/, mayImport: ['contract', 'domain'] },
  { name: 'method', place: /^server\/methods\/([^/]+)\//, mayImport: ['contract', 'domain', 'locale'] },
  { name: 'feature', place: /^server\/features\/([^/]+)\//, mayImport: ['contract', 'domain', 'locale', 'methods index'] },
  { name: 'system', place: /^server\/system\.ts$/, mayImport: ['contract', 'domain', 'store', 'gateways', 'oidc'] },
  { name: 'jobs', place: /^server\/jobs\//, mayImport: notTheTop },
  { name: 'app', place: /^server\/app\.ts$/, mayImport: [...notTheTop, 'jobs'] },
  { name: 'main', place: /^server\/(?:main\.ts$|commands\/)/, mayImport: 'anything' },
  { name: 'web kit', place: /^web\/kit\//, mayImport: ['contract', 'locales'] },
  { name: 'web methods index', place: /^web\/methods\/index\.tsx?$/, mayImport: ['contract', 'web kit', 'web method'] },
  { name: 'web method', place: /^web\/methods\/([^/]+)\//, mayImport: ['contract', 'web kit'] },
  // How the apps are bundled: it loads tools, nothing of ours.
  { name: 'web build', place: /^web\/[^/]+\.ts$/, mayImport: [] },
  { name: 'web app', place: /^web\/([^/]+)\//, mayImport: ['contract', 'web kit', 'web methods index'] },
]

/** What a page looks like belongs to its door: it makes HTML, and only the wire knows what HTML is safe. */
const door = /^server\/(?:methods|features)\/[^/]+\/(?:(?:routes|pages)\.ts$|(?:pages|views)\/[^/]+\.ts$)/
const doorsAlsoImport = ['http']

export function lawOfImports(tree: SourceTree): Violation[] {
  return tree.files.flatMap(({ path, imports }) => {
    if (!roomOf(path)) return [`${path} stands in no room of the house`]
    const wrong = imports.filter((each) => each.ours && !mayImport(path, each.target))
    return [...new Set(wrong.map(({ target }) => `${path} must not import ${target ?? 'by a computed name'}`))]
  })
}

function mayImport(from: string, target: string | undefined): boolean {
  const room = roomOf(from)
  if (room?.mayImport === 'anything') return true
  const other = target && roomOf(target)
  if (!room || !other) return false
  if (room.name === other.name && room.slice === other.slice) return true
  return room.mayImport.includes(other.name) || (door.test(from) && doorsAlsoImport.includes(other.name))
}

function roomOf(path: string): (Room & { slice: string | undefined }) | undefined {
  for (const room of rooms) {
    const match = room.place.exec(path)
    if (match) return { ...room, slice: match[1] }
  }
}
