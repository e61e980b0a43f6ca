import type { Locale } from '#contract/locale.ts'
import { csvRow } from '#server/domain/csv.ts'
import type { Likeness, Note, NoteCode, RowResult } from '#server/domain/import-run.ts'
import { type MessageKey, message } from '#server/locale.ts'

const likenesses: Readonly<Record<Likeness, MessageKey>> = {
  number_also_in_row: 'features.imports.notes.number-also-in-row',
  number_nearly_in_row: 'features.imports.notes.number-nearly-in-row',
  number_also_held: 'features.imports.notes.number-also-held',
  number_nearly_held: 'features.imports.notes.number-nearly-held',
  sign_in_name_held: 'features.imports.notes.sign-in-name-held',
  sign_in_name_in_row: 'features.imports.notes.sign-in-name-in-row',
}

export function wordsFor(locale: Locale, { code, details }: Note): string {
  // Every refusal has its words: tidy holds the language files to the table.
  return message(locale, isLikeness(code) ? likenesses[code] : (`refusals.${code}` as MessageKey), details)
}

function isLikeness(code: NoteCode): code is Likeness {
  return Object.hasOwn(likenesses, code)
}

export const resultHeader = csvRow(['row', 'userPrincipalName', 'outcome', 'codes', 'message'])

/** What became of one row, for a file beside the one that was imported. */
export function resultRow(locale: Locale, { row, userPrincipalName, outcome, notes }: RowResult): string {
  const codes = notes.map(({ code }) => code).join(' ')
  return csvRow([row, userPrincipalName, outcome, codes, notes.map((note) => wordsFor(locale, note)).join(' ')])
}
