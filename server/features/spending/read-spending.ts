import type { SpendingBody } from '#contract/graph/spending.ts'
import { callCountriesOf } from '#server/domain/phone-calls.ts'
import { callingCodes } from '#server/domain/phone-number.ts'
import { tenantDayCharge, untypedCharge } from '#server/domain/text-budget.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'organization' | 'signInSettings' | 'limits' | 'budgets' | 'registeredCountries' | 'messageCounts' | 'now'>

/** What is left to spend, and where it went today. Numbers only: to whom a text went stands nowhere here. */
export async function readSpending(system: Needs): Promise<SpendingBody> {
  const { organization, signInSettings, limits, budgets } = system
  const now = system.now()
  const [day] = await budgets.look([tenantDayCharge(limits, organization.id)], now)
  const counts = await system.messageCounts.onDay(now)
  const countries = await readCountries(system, counts, now)
  const left = day?.left ?? 0
  return {
    id: 'spending',
    textsADay: limits.texts.tenantDay.count,
    isOwnLimit: signInSettings.textsADay !== undefined,
    textsUsed: Math.max(0, limits.texts.tenantDay.count - left),
    textsLeft: left,
    nextTextDateTime: left > 0 ? null : (day?.nextAt.toISOString() ?? null),
    fullDateTime: day && day.fullAt > now ? day.fullAt.toISOString() : null,
    textsToday: total(countries.map(({ textsToday }) => textsToday)),
    callsToday: total(countries.map(({ callsToday }) => callsToday)),
    allCountries: callingCodes().map(({ country }) => country),
    countries,
  }
}

type Counts = Awaited<ReturnType<System['messageCounts']['onDay']>>

async function readCountries(system: Needs, counts: Counts, now: Date): Promise<SpendingBody['countries']> {
  const { organization, signInSettings, limits, budgets, registeredCountries } = system
  const home = organization.defaultCountry === undefined ? [] : [organization.defaultCountry]
  const texts = new Set(signInSettings.textCountries ?? [...home, ...(await registeredCountries.all())])
  const calls = new Set(callCountriesOf(system))
  const all = [...new Set([...texts, ...calls, ...counts.map(({ country }) => country)])].sort()
  const untyped = await budgets.look(
    all.map((country) => untypedCharge(limits, organization.id, country)),
    now,
  )
  const sent = (channel: string, country: string) =>
    total(counts.filter((each) => each.channel === channel && each.country === country).map(({ count }) => count))
  return all.map((country, index) => ({
    country,
    mayGetTexts: texts.has(country),
    mayGetCalls: calls.has(country),
    textsToday: sent('sms', country),
    callsToday: sent('voice', country),
    pausedUntilDateTime: untyped[index]?.left === 0 ? untyped[index].nextAt.toISOString() : null,
  }))
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
