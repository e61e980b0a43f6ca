/** What is counted by the hour, so that it can be told when the rows it was counted from are forgotten. */
export const tallySubjects = ['signIns', 'registrations', 'texts'] as const

export type TallySubject = (typeof tallySubjects)[number]

/** How many there were of one kind in one hour: sign-ins by a method, methods registered, texts to a country. */
export interface Tally {
  /** Where the hour begins. */
  hour: Date
  name: string
  outcome: string
  count: number
}

export const hourMs = 3_600_000

/** Nothing that began before it goes on any more: an attempt and its code are over half an hour after they began. */
export function settledBefore(now: Date): Date {
  return new Date(Math.floor((now.getTime() - hourMs) / hourMs) * hourMs)
}

/** As far back as anybody can ask, and a little further. */
export const talliesKeptDays = 400
