import { canonicalAddress } from '#server/domain/email-address.ts'
import { noticeMail } from '#server/features/notices/notice-mail.ts'
import type { MailGateway, OutgoingMail } from '#server/gateways/mail/mail-gateway.ts'
import { mailOf } from '#server/methods/email/mail.ts'
import type { Installation } from '#server/system.ts'
import { MessageNotes } from './message-notes.ts'
import type { Running } from './schedule.ts'
import { type Post, type PostOptions, startPost } from './send-messages.ts'

export function startMailing(
  installation: Installation,
  { gateways, ...options }: PostOptions & { gateways: readonly MailGateway[] },
): Running {
  const { publicUrl } = installation.parts
  installation.gateways.install('mail', gateways)
  const post: Post<OutgoingMail> = {
    method: 'email',
    bell: installation.mails,
    gatewaysOf: (system) => system.gateways.inForce('mail'),
    notes: new MessageNotes(installation, 'mail', options.log),
    // A mail server that is asked too often says so for a minute or two.
    waitsMs: [2_000, 10_000, 45_000, 120_000, 0],
    write: ({ organization: { displayName } }, { receiver, locale, purpose }, code, key) => {
      const mail = mailOf({ locale, organisation: displayName, code, purpose, publicUrl })
      return { to: canonicalAddress(receiver), fromName: displayName, ...mail, locale, key }
    },
    tell: ({ organization: { displayName } }, notice, { locale, link, key }) => {
      const mail = noticeMail({ locale, organisation: displayName, link, host: new URL(publicUrl).host, notice })
      return { to: canonicalAddress(notice.receiver), fromName: displayName, ...mail, locale, key }
    },
  }
  return startPost(installation, post, options)
}
