import { noCircles } from './circles.ts'
import { onlyTheStoreWritesTenants, sqlIsNotGluedTogether, theAuditLogOnlyGrows } from './database.ts'
import { languagesHaveTheSameKeys, languagesHaveTheSamePlaceholders, noPhraseIsUnused, refusalsHaveWords } from './languages.ts'
import { filesAreShort, functionsAreShort } from './lengths.ts'
import { lawOfImports } from './rooms.ts'
import { chanceIsFromCrypto, noPathOfOneMachine, onlyMainReadsTheEnvironment, timeComesFromOutside } from './surroundings.ts'
import { dependenciesAreDecided, packagesAreDeclared, thirdPartiesStayHome } from './third-parties.ts'
import type { Rule } from './tree.ts'
import { castsAreRare, namesSaySomething, nothingIsAny, nothingIsLeftUndone } from './wording.ts'

/** The house rules, each under the sentence it holds. */
export const rules = {
  'a room imports only what stands in its row': lawOfImports,
  'no file loads itself by a circle of imports': noCircles,
  'a third party is loaded only in its home': thirdPartiesStayHome,
  'every package that is loaded stands in package.json': packagesAreDeclared,
  'every run-time dependency has a decision record': dependenciesAreDecided,
  'only the main file reads the environment': onlyMainReadsTheEnvironment,
  'a file has at most 300 lines': filesAreShort,
  'a function has at most 60 lines': functionsAreShort,
  'the languages have the same keys': languagesHaveTheSameKeys,
  'the languages have the same placeholders': languagesHaveTheSamePlaceholders,
  'no phrase is unused': noPhraseIsUnused,
  'every refusal has its words': refusalsHaveWords,
  'names of files and folders say something': namesSaySomething,
  'nothing is left undone without an issue': nothingIsLeftUndone,
  'nothing outside tests is any': nothingIsAny,
  'casts are rare': castsAreRare,
  'chance comes from crypto': chanceIsFromCrypto,
  'use cases, rules and stores are handed the time': timeComesFromOutside,
  'no source names a folder of one machine': noPathOfOneMachine,
  'only the store writes tenant ids': onlyTheStoreWritesTenants,
  'no SQL is made out of text': sqlIsNotGluedTogether,
  'the audit log only grows': theAuditLogOnlyGrows,
} satisfies Record<string, Rule>

export type RuleName = keyof typeof rules
