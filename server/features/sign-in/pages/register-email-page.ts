import type { FastifyReply } from 'fastify'
import { shownAddress } from '#server/domain/email-address.ts'
import { startAddress } from '../start-address.ts'
import { addressMaxLength, type RegisterEmailError, registerEmailView } from '../views/register-email-view.ts'
import type { Registering } from './registering.ts'

export function showEmail(registering: Registering, error?: RegisterEmailError, typed?: string): FastifyReply {
  const { visit, flow, step } = registering
  const page = registerEmailView({ ...step, address: typed ?? flow.address ?? '', error })
  return visit.show(error ? { ...page, status: error === 'slow-down' || error === 'too-many' ? 429 : 400 } : page)
}

export async function takeEmail(registering: Registering): Promise<FastifyReply> {
  const { visit, held } = registering
  const { system, browser, locale, fields } = visit
  const text = fields['email'] ?? ''
  if (text.trim() === '') return showEmail(registering, 'missing', '')
  if (text.length > addressMaxLength) return showEmail(registering, 'malformed', text.slice(0, addressMaxLength))
  const started = await startAddress(system, { userId: held.userId, text, browser, locale })
  switch (started.kind) {
    case 'started': {
      const { challengeId, address } = started
      return registering.goTo('register-code', { way: 'email', address: text, challengeId, sentTo: shownAddress(address) })
    }
    case 'slow-down':
      visit.reply.header('retry-after', String(started.retryAfterSeconds))
      return showEmail(registering, 'slow-down', text)
    default:
      return showEmail(registering, started.kind, text)
  }
}
