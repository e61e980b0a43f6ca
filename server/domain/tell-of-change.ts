import type { Stores } from '#server/system.ts'
import type { Author } from './caller.ts'
import type { EmailMethod } from './email-method.ts'
import type { NoticedChange, NoticeKind } from './notice.ts'
import type { Phone } from './phone.ts'
import { mayReceiveTexts } from './phone-number.ts'
import { isQuiet, knownAt } from './sms-sign-in.ts'

type Parts = Pick<Stores, 'phones' | 'emailMethods' | 'notices' | 'outbox'>

export interface Change {
  kind: NoticeKind
  userId: string
  detail?: string | undefined
  phoneType?: Phone['type'] | undefined
  /** What was just added, or came in another's place: whoever did that reads it, so it is not told. */
  given?: string | undefined
  /** What proves its person no longer. It hears of it all the same: it may be its owner's last chance. */
  taken?: { phone: Phone } | { email: Pick<EmailMethod, 'address'> } | undefined
}

interface Receiver {
  method: 'sms' | 'email'
  receiver: string
}

/**
 * Tells all other channels a person is known by that something changed. The messages are written with the change, so one is never without the
 * other, and sent afterwards, so that neither a slow gateway nor a used-up budget keeps anybody from changing anything.
 */
export async function tellOfChange({ phones, emailMethods, notices, outbox }: Parts, by: Author, change: Change, now: Date): Promise<void> {
  const { userId } = change
  const receivers = receiversOf(await phones.ofUser(userId), await emailMethods.ofUser(userId), change, now)
  if (receivers.length === 0) return
  const told = toTell(by, change)
  const ids = await notices.add(
    receivers.map((receiver) => ({ userId, ...receiver, change: told })),
    now,
  )
  for (const [index, id] of ids.entries()) {
    const method = receivers[index]?.method ?? 'sms'
    await outbox.add({ kind: 'notice', method, challengeId: id, send: 1, generation: 1 }, undefined, now)
  }
}

export function receiversOf(
  owned: readonly Phone[],
  email: Pick<EmailMethod, 'address'> | undefined,
  { given, taken }: Pick<Change, 'given' | 'taken'>,
  now: Date,
): Receiver[] {
  const phones = [...owned, ...(taken && 'phone' in taken ? [taken.phone] : [])].filter((phone) => isReachable(phone, now))
  const emails = [...(email ? [email] : []), ...(taken && 'email' in taken ? [taken.email] : [])]
  const all: Receiver[] = [
    ...phones.map(({ number }) => ({ method: 'sms', receiver: number }) as const),
    ...emails.map(({ address }) => ({ method: 'email', receiver: address }) as const),
  ]
  const others = all.filter(({ receiver }) => receiver !== given)
  return others.filter(({ receiver }, index) => others.findIndex((each) => each.receiver === receiver) === index)
}

/** A mobile that texts reach, and that nobody else can have got meanwhile. */
export function isReachable(phone: Phone, now: Date): boolean {
  return phone.type === 'mobile' && !phone.isVoiceOnly && mayReceiveTexts(phone.number) && !isQuiet(knownAt(phone), now)
}

function toTell({ author, userAgent }: Author, { kind, userId, detail, phoneType }: Change): NoticedChange {
  const isOwn = author.kind === 'person' && author.id === userId
  return { kind, detail, phoneType, isOwn, address: isOwn ? author.address : undefined, userAgent: isOwn ? userAgent : undefined }
}
