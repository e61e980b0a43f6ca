import { canonicalNumber, countryOf } from '#server/domain/phone-number.ts'
import { noticeText } from '#server/features/notices/notice-text.ts'
import { callBackText } from '#server/features/staff/call-back-text.ts'
import type { OutgoingText, SmsGateway } from '#server/gateways/sms/sms-gateway.ts'
import { textOf } from '#server/methods/sms/text.ts'
import type { Installation } from '#server/system.ts'
import { MessageNotes } from './message-notes.ts'
import type { Running } from './schedule.ts'
import { type Post, type PostOptions, startPost } from './send-messages.ts'

export function startSending(
  installation: Installation,
  { gateways, ...options }: PostOptions & { gateways: readonly SmsGateway[] },
): Running {
  const { publicUrl } = installation.parts
  installation.gateways.install('sms', gateways)
  const post: Post<OutgoingText> = {
    method: 'sms',
    bell: installation.texts,
    gatewaysOf: (system) => system.gateways.inForce('sms'),
    notes: new MessageNotes(installation, 'sms', options.log),
    countryOf,
    waitsMs: [2_000, 8_000, 0],
    write: ({ organization }, { receiver, locale }, code, key) => {
      const text = textOf({ locale, organisation: organization.displayName, code, publicUrl })
      return { to: canonicalNumber(receiver), text, key }
    },
    tell: ({ organization }, notice, { locale, link, key }) => {
      const text = noticeText({ locale, organisation: organization.displayName, link, notice })
      return { to: canonicalNumber(notice.receiver), text, key }
    },
    ask: ({ organization }, { question }, { locale, link, key }) => {
      const text = callBackText({ locale, organisation: organization.displayName, manager: question.managerName, link })
      return { to: question.oldNumber, text, key }
    },
  }
  return startPost(installation, post, options)
}
