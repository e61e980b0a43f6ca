import { placeOf, placesIn, type SourceFile, type SourceTree, type Violation } from './tree.ts'

/** Files that may hand the database a text of their own making, and why. */
const ownSql: Readonly<Record<string, string>> = {}

const rawSql = /\bsql\s*(?:<[^()]*>)?\s*\.\s*raw\b/g
/** A text with holes or a sum of texts, handed over as a statement. */
const assembledSql = /\.\s*(?:exec|prepare|query|raw)\s*\(\s*(?:`[^`]*\$\{|(?:'[^']*'|"[^"]*"|`[^`]*`)\s*\+)/g
const columnName = /(?:^|\.)tenantId$/

/** Use cases get stores that are bound to a tenant already, so none can forget it. */
export function onlyTheStoreWritesTenants({ files }: SourceTree): Violation[] {
  return files
    .filter(({ path, isTest }) => !isTest && !path.startsWith('server/store/'))
    .flatMap((file) => {
      const inCode = placesIn(file, /\btenant_id\b/g)
      const places = [...inCode, ...columnsIn(file)].map((place) => `${place} writes tenant_id; only server/store does`)
      return [...new Set(places)]
    })
}

export function sqlIsNotGluedTogether({ files }: SourceTree): Violation[] {
  return files
    .filter(({ path, isTest }) => !isTest && !ownSql[path])
    .flatMap((file) => {
      const glued = file.path.startsWith('server/store/') ? placesIn(file, assembledSql) : []
      const places = [...new Set([...placesIn(file, rawSql), ...glued])]
      return places.map((place) => `${place} makes SQL out of text`)
    })
}

function columnsIn(file: SourceFile): string[] {
  const asColumn = (text: string) => /\btenant_id\b/.test(text) || (file.path.startsWith('server/') && columnName.test(text))
  return file.literals.filter(({ text }) => asColumn(text)).map(({ start }) => placeOf(file, start))
}
