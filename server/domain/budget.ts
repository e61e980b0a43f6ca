import { BlockList, isIP } from 'node:net'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** So many in this time, spread evenly; `burst` is how many may come at once, all of them unless said otherwise. */
export interface Limit {
  count: number
  perMs: number
  burst?: number
}

/** One thing that is paid for. What the caller's own address pays stays paid when something else says no; the rest is given back. */
export interface Charge {
  scope: string
  value: string
  limit: Limit
  payer: 'caller' | 'shared'
}

export interface Denial {
  charge: Charge
  retryAfterMs: number
}

/** Every limit on messages, calls and wrong answers. An installation may be given others, as a test or a measurement needs. */
export const usualLimits = {
  texts: {
    numberGap: { count: 1, perMs: 30 * second },
    numberHour: { count: 5, perMs: hour },
    numberDay: { count: 10, perMs: day },
    personHour: { count: 6, perMs: hour },
    personDay: { count: 15, perMs: day },
    address: { count: 1, perMs: minute, burst: 10 },
    addressDay: { count: 100, perMs: day },
    net: { count: 10, perMs: minute, burst: 40 },
    prefix: { count: 10, perMs: 10 * minute },
    /**
     * Texts to one country whose codes nobody types, which is what pumping looks like: each code that is typed makes up for itself and two
     * others, so it is used up where fewer than a third are.
     */
    untyped: { count: 30, perMs: hour },
    tenant: { count: 30, perMs: minute, burst: 60 },
    tenantDay: { count: 500, perMs: day },
    /** What all organisations together may spend in a day, whoever asks and however. */
    installationDay: { count: 10_000, perMs: day },
  },
  calls: {
    numberGap: { count: 1, perMs: minute },
    numberHour: { count: 3, perMs: hour },
    numberDay: { count: 5, perMs: day },
    address: { count: 1, perMs: 2 * minute, burst: 5 },
    addressDay: { count: 50, perMs: day },
    net: { count: 5, perMs: minute, burst: 20 },
    prefix: { count: 5, perMs: 10 * minute },
    /** The same as for texts: calls nobody answers as asked. */
    unproven: { count: 10, perMs: hour },
    tenant: { count: 10, perMs: minute, burst: 20 },
    installationDay: { count: 1_000, perMs: day },
  },
  /** Mail costs next to nothing; what it must not do is flood somebody, or make others think that we are spam. */
  mails: {
    receiverGap: { count: 1, perMs: 30 * second },
    receiver: { count: 10, perMs: 10 * minute },
    receiverDay: { count: 20, perMs: day },
    person: { count: 10, perMs: 10 * minute },
    address: { count: 1, perMs: minute, burst: 10 },
    addressDay: { count: 100, perMs: day },
    net: { count: 10, perMs: minute, burst: 40 },
    tenant: { count: 60, perMs: minute, burst: 200 },
    installationDay: { count: 50_000, perMs: day },
  },
  /** What somebody is told of changes. After that they know, and more would only be noise. */
  notices: {
    receiverHour: { count: 5, perMs: hour },
    receiverDay: { count: 10, perMs: day },
  },
  /** What a manager may do in My Staff, and how often one person is asked whether their number is to change. */
  staff: {
    acts: { count: 50, perMs: hour },
    callBacksOfPerson: { count: 5, perMs: day },
  },
  failures: {
    numberHour: { count: 10, perMs: hour },
    numberDay: { count: 20, perMs: day },
    address: { count: 20, perMs: 10 * minute },
    net: { count: 100, perMs: 10 * minute },
  },
  /** Wrong passwords, whoever they were for; of one person they are counted apart, by the lock-out. */
  passwords: {
    address: { count: 30, perMs: 10 * minute },
    net: { count: 150, perMs: 10 * minute },
  },
} as const satisfies Record<string, Record<string, Limit>>

/** How many numbers and addresses that are new to them somebody may have a code sent to, so that nobody tries out which ones are known here. */
const newNumbers = { day: { count: 3, perMs: day }, week: { count: 5, perMs: 7 * day } } as const

export function newNumberCharges(tenantId: string, userId: string): Charge[] {
  return newReceiverCharges('number', tenantId, userId)
}

export function newReceiverCharges(what: 'number' | 'address', tenantId: string, userId: string): Charge[] {
  const value = `${tenantId} ${userId}`
  return [
    { scope: `new ${what} day`, value, limit: newNumbers.day, payer: 'shared' },
    { scope: `new ${what} week`, value, limit: newNumbers.week, payer: 'shared' },
  ]
}

type LimitsOf<Group extends keyof typeof usualLimits> = Readonly<Record<keyof (typeof usualLimits)[Group], Limit>>

export interface Limits {
  texts: LimitsOf<'texts'>
  calls: LimitsOf<'calls'>
  mails: LimitsOf<'mails'>
  notices: LimitsOf<'notices'>
  staff: LimitsOf<'staff'>
  failures: LimitsOf<'failures'>
  passwords: LimitsOf<'passwords'>
}

/**
 * In an evaluation texts and calls cost nothing, everybody comes from one address, and the same few numbers sign in all day. Wrong answers are counted
 * as ever.
 */
export const evaluationLimits: Limits = {
  ...usualLimits,
  texts: {
    ...usualLimits.texts,
    numberGap: { count: 1, perMs: second },
    numberHour: { count: 200, perMs: hour },
    numberDay: { count: 1_000, perMs: day },
    personHour: { count: 200, perMs: hour },
    personDay: { count: 1_000, perMs: day },
    address: { count: 60, perMs: minute, burst: 200 },
    addressDay: { count: 10_000, perMs: day },
    net: { count: 60, perMs: minute, burst: 200 },
    prefix: { count: 1_000, perMs: hour },
    untyped: { count: 1_000, perMs: hour },
    tenant: { count: 600, perMs: minute },
    tenantDay: { count: 10_000, perMs: day },
  },
  calls: {
    ...usualLimits.calls,
    numberGap: { count: 1, perMs: second },
    numberHour: { count: 200, perMs: hour },
    numberDay: { count: 1_000, perMs: day },
    address: { count: 60, perMs: minute, burst: 200 },
    addressDay: { count: 10_000, perMs: day },
    net: { count: 60, perMs: minute, burst: 200 },
    prefix: { count: 1_000, perMs: hour },
    unproven: { count: 1_000, perMs: hour },
    tenant: { count: 600, perMs: minute },
  },
  mails: {
    ...usualLimits.mails,
    receiverGap: { count: 1, perMs: second },
    receiver: { count: 200, perMs: hour },
    receiverDay: { count: 1_000, perMs: day },
    person: { count: 200, perMs: hour },
    address: { count: 60, perMs: minute, burst: 200 },
    addressDay: { count: 10_000, perMs: day },
    net: { count: 60, perMs: minute, burst: 200 },
  },
}

const textsPerPersonADay = 4

/** The same for an organisation of this size: all its people may begin their day at once, unless it has said how much it wants to spend. */
export function limitsFor(limits: Limits, { people, textsADay }: { people: number; textsADay: number | undefined }): Limits {
  const { tenant, tenantDay, untyped } = limits.texts
  return {
    ...limits,
    texts: {
      ...limits.texts,
      untyped: { ...untyped, count: Math.max(untyped.count, people) },
      tenant: { ...tenant, count: Math.max(tenant.count, Math.ceil(people / 10)), burst: Math.max(tenant.burst ?? tenant.count, people) },
      tenantDay: { ...tenantDay, count: textsADay ?? Math.max(tenantDay.count, textsPerPersonADay * people) },
    },
  }
}

/** A bucket is kept as one instant, the theoretical arrival time of GCRA: each payment moves it on by `cost`, never further than `room` ahead. */
export function bucketOf({ count, perMs, burst = count }: Limit): { cost: number; room: number } {
  if (count === 0) return { cost: 1, room: 0 }
  const cost = Math.max(1, Math.round(perMs / count))
  return { cost, room: cost * burst }
}

export interface CallerAddress {
  address: string
  net: string
}

/** Whoever has one IPv6 address has its whole /64, and whoever has an IPv4 address has neighbours in its /24. */
export function callerAddress(text: string): CallerAddress {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1] ?? text
  if (/^\d+\.\d+\.\d+\.\d+$/.test(mapped)) return { address: mapped, net: mapped.split('.').slice(0, 3).join('.') }
  const groups = ipv6Groups(mapped)
  return { address: groups.slice(0, 4).join(':'), net: groups.slice(0, 3).join(':') }
}

function ipv6Groups(text: string): string[] {
  const [head = '', tail = ''] = text.toLowerCase().replace(/%.*$/, '').split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail.split(':').filter(Boolean)
  const missing = text.includes('::') ? Math.max(0, 8 - before.length - after.length) : 0
  return [...before, ...Array<string>(missing).fill('0'), ...after].map((group) => group.replace(/^0+(?=.)/, ''))
}

/** Does this address stand in one of these networks, written as `203.0.113.0/24`? */
export function isInNetworks(text: string, networks: readonly string[]): boolean {
  if (networks.length === 0) return false
  const address = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1] ?? text
  const family = isIP(address)
  if (family === 0) return false
  const list = new BlockList()
  for (const network of networks) {
    const [base = '', bits = ''] = network.split('/')
    if (isIP(base) === family) list.addSubnet(base, Number(bits), family === 6 ? 'ipv6' : 'ipv4')
  }
  return list.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

const manyPeople = { messages: 10, failures: 5 }

/** Behind one address of a shared network stand many people, and it may ask for as many. What concerns a number or a person stays as it is. */
export function limitsForManyPeople({ texts, calls, mails, notices, staff, failures, passwords }: Limits): Limits {
  const widened = ({ count, perMs, burst = count }: Limit, times: number): Limit => ({ count: count * times, perMs, burst: burst * times })
  const asking = ({ address, addressDay, net }: Pick<Limits['texts'], 'address' | 'addressDay' | 'net'>) => ({
    address: widened(address, manyPeople.messages),
    addressDay: widened(addressDay, manyPeople.messages),
    net: widened(net, manyPeople.messages),
  })
  return {
    texts: { ...texts, ...asking(texts) },
    calls: { ...calls, ...asking(calls) },
    mails: { ...mails, ...asking(mails) },
    notices,
    staff,
    failures: {
      ...failures,
      address: widened(failures.address, manyPeople.failures),
      net: widened(failures.net, manyPeople.failures),
    },
    passwords: {
      address: widened(passwords.address, manyPeople.failures),
      net: widened(passwords.net, manyPeople.failures),
    },
  }
}

/** How long a method rests when its wrong answers are used up: a quarter of an hour, then twice as long each time, at most a day. */
export function pauseMs(pausesBefore: number): number {
  return Math.min(day, 15 * minute * 2 ** Math.min(pausesBefore, 10))
}

/** After so many wrong answers without a right one, only another factor or an administrator opens the method again. */
export const failuresInARowMax = 50
