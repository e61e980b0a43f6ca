import { registrableMethods } from '#contract/graph/method-reports.ts'
import type { RegistrationCountsBody, SignInCountsBody, TextCountsBody } from '#contract/graph/reports.ts'
import { signInMethods, signInOutcomes } from '#contract/sign-in-log.ts'
import type { System } from '#server/system.ts'
import { type Asked, byCountry, Calendar, gathered } from './rules.ts'

type Needs = Pick<System, 'tallies' | 'now'>

export async function countSignIns({ tallies, now }: Needs, asked: Asked): Promise<SignInCountsBody> {
  const calendar = new Calendar(asked, now())
  const counts = gathered(await tallies.between('signIns', calendar.from, calendar.until), calendar)
  return {
    ...asked,
    reportDateTime: now().toISOString(),
    moments: [...calendar.moments],
    value: counts.map(({ moment, name, outcome, count }) => ({
      moment,
      method: signInMethods.find((method) => method === name) ?? 'none',
      outcome: signInOutcomes.find((each) => each === outcome) ?? 'failure',
      count,
    })),
  }
}

export async function countRegistrations({ tallies, now }: Needs, asked: Asked): Promise<RegistrationCountsBody> {
  const calendar = new Calendar(asked, now())
  const counts = gathered(await tallies.between('registrations', calendar.from, calendar.until), calendar)
  return {
    ...asked,
    reportDateTime: now().toISOString(),
    moments: [...calendar.moments],
    value: counts.map(({ moment, name, outcome, count }) => ({
      moment,
      method: registrableMethods.find((method) => method === name) ?? 'other',
      by: outcome === 'user' ? 'user' : 'admin',
      count,
    })),
  }
}

export async function countTexts({ tallies, now }: Needs, asked: Asked): Promise<TextCountsBody> {
  const { from, until } = new Calendar(asked, now())
  const value = byCountry(await tallies.between('texts', from, until))
  return { ...asked, reportDateTime: now().toISOString(), value }
}
