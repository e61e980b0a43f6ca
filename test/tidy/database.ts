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

const auditTable = /\baudit_(?:events|seals|checkpoints)\b/
const auditFiles = /^server\/store\/(?:audit-[\w-]+\.ts$|schema\.ts$|migrations\/)/
const changing = /\.\s*(?:updateTable|deleteFrom|replaceInto|mergeInto|dropTable|alterTable)\s*(?:<[^()]*>)?\(\s*$/
const changingSql = /\b(?:update|delete\s+from|truncate(?:\s+table)?|replace\s+into|drop\s+table|alter\s+table)\s+"?audit_/i

/** What is known of the past is proven by rows that nobody touches again. A table named elsewhere could be changed through a variable. */
export function theAuditLogOnlyGrows({ files }: SourceTree): Violation[] {
  return files
    .filter(({ path, isTest }) => !isTest && path.startsWith('server/'))
    .flatMap((file) =>
      file.literals
        .filter(({ text }) => auditTable.test(text))
        .flatMap(({ start, text }) => {
          if (!auditFiles.test(file.path))
            return `${placeOf(file, start)} names a table of the audit log; only server/store/audit-*.ts does`
          const before = file.code.slice(Math.max(0, start - 80), start)
          return changing.test(before) || changingSql.test(text) ? `${placeOf(file, start)} changes the audit log, which only grows` : []
        }),
    )
}

function columnsIn(file: SourceFile): string[] {
  const asColumn = (text: string) => /\btenant_id\b/.test(text) || (file.path.startsWith('server/') && columnName.test(text))
  return file.literals.filter(({ text }) => asColumn(text)).map(({ start }) => placeOf(file, start))
}
