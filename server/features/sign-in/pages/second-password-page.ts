import type { FastifyReply } from 'fastify'
import { proveSecondByPassword } from '../prove-second.ts'
import type { PasswordError } from '../views/password-view.ts'
import { secondPasswordView } from '../views/second-password-view.ts'
import { arrive } from './arrival.ts'
import type { Second } from './second-page.ts'

export async function showSecondPassword({ visit, held, options }: Second, error?: PasswordError): Promise<FastifyReply> {
  const { system, pending } = visit
  const user = await system.users.find(held.userId)
  const { appName } = pending.view
  const hasOther = options.length > 1
  const page = secondPasswordView({ ...visit.step, appName, userName: user?.userPrincipalName ?? '', error, hasOther })
  return visit.show(error ? { ...page, status: error.kind === 'slow-down' || error.kind === 'locked' ? 429 : 400 } : page)
}

export async function takeSecondPassword(second: Second): Promise<FastifyReply> {
  const { visit, held } = second
  const { system, pending, moment, browser, fields, reply } = visit
  const { password } = fields
  // Pressed twice, the form of the page before comes once more; that answers nothing.
  if (password === undefined) return visit.again()
  if (password === '') return showSecondPassword(second, { kind: 'missing' })
  const answer = { password, device: browser.device, address: browser.address }
  const proven = await proveSecondByPassword(system, { held, pending, moment }, answer)
  switch (proven.kind) {
    case 'proven':
      return arrive(visit, held, proven.due)
    case 'over':
      return visit.again()
    case 'locked': {
      const minutes = Math.max(1, Math.ceil((proven.until.getTime() - system.now().getTime()) / 60_000))
      return showSecondPassword(second, { kind: 'locked', minutes })
    }
    case 'slow_down':
      reply.header('retry-after', String(proven.retryAfterSeconds))
      return showSecondPassword(second, { kind: 'slow-down' })
    case 'wrong':
    case 'expired':
      return showSecondPassword(second, { kind: proven.kind })
  }
}
