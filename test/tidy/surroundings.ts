import { placeOf, placesIn, type SourceTree, type Violation } from './tree.ts'

const environment = /\bprocess\s*(?:(?:\?\.|\.)\s*env\b|(?:\?\.)?\s*\[)|\{[^{}]*\benv\b[^{}]*\}\s*=\s*process\b(?!\s*[.(])/g
const clock = /\bDate\s*\.\s*now\b|\bnew\s+Date\b\s*(?:\(\s*\)|(?!\s*\())/g
const timeIsHandedIn = /^server\/(?:features|methods|domain|store)\//
const machinePath = /^\/(?:home|root|Users)\//

export function onlyMainReadsTheEnvironment({ files }: SourceTree): Violation[] {
  return files
    .filter(({ path, isTest }) => !isTest && path !== 'server/main.ts')
    .flatMap((file) => placesIn(file, environment).map((place) => `${place} reads process.env; only server/main.ts does`))
}

export function chanceIsFromCrypto({ files }: SourceTree): Violation[] {
  return files
    .filter(({ isTest }) => !isTest)
    .flatMap((file) => placesIn(file, /\bMath\s*\.\s*random\b/g).map((place) => `${place} says Math.random, which can be guessed`))
}

export function timeComesFromOutside({ files }: SourceTree): Violation[] {
  return files
    .filter(({ path, isTest }) => !isTest && timeIsHandedIn.test(path))
    .flatMap((file) => placesIn(file, clock).map((place) => `${place} reads the clock; time is handed in`))
}

export function noPathOfOneMachine({ files }: SourceTree): Violation[] {
  return files.flatMap((file) =>
    file.literals
      .filter(({ opens, text }) => opens && machinePath.test(text))
      .map(({ start }) => `${placeOf(file, start)} names a folder of one machine`),
  )
}
