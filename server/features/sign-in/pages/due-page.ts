import type { FastifyReply } from 'fastify'
import type { HeldProof } from '#server/domain/interaction.ts'
import { passwordRules, passwordUse } from '#server/domain/password-policy.ts'
import { choosePassword } from '../choose-password.ts'
import { concludeHeld, findDueOfHeld, goOnFrom } from '../conclude.ts'
import type { Due } from '../rules.ts'
import { type NewPasswordError, newPasswordView } from '../views/new-password-view.ts'
import { arrive } from './arrival.ts'
import { showIdentify } from './identify-page.ts'
import { showRegistration, takeRegistration } from './register-page.ts'
import { showMissing, showSecond, takeMissing, takeSecond } from './second-page.ts'
import type { Visit } from './visit.ts'

interface DuePage {
  show(visit: Visit, held: HeldProof): Promise<FastifyReply>
  take(visit: Visit, held: HeldProof): Promise<FastifyReply>
}

/** A page for everything that may have to happen before the app gets its answer. */
const pages: Readonly<Record<Due, DuePage>> = {
  'second-factor': { show: showSecond, take: takeSecond },
  'factor-missing': { show: showMissing, take: takeMissing },
  'change-password': { show: showNewPassword, take: takeNewPassword },
  register: { show: showRegistration, take: takeRegistration },
}

/** Which page it is follows from the facts of this moment, never from where the browser was; with nothing left to do the app hears at once. */
export async function showDue(visit: Visit, held: HeldProof): Promise<FastifyReply> {
  const due = await findDueOfHeld(visit.system, held, visit.moment)
  if (due === 'gone') return startAnew(visit)
  return due ? pages[due].show(visit, held) : finish(visit, held)
}

export async function takeDue(visit: Visit, held: HeldProof): Promise<FastifyReply> {
  const due = await findDueOfHeld(visit.system, held, visit.moment)
  // Or the same form came twice, and the first one has just gone on: the page of this moment knows.
  if (due === 'gone') return visit.again()
  return due ? pages[due].take(visit, held) : finish(visit, held)
}

async function finish(visit: Visit, held: HeldProof): Promise<FastifyReply> {
  const { system, pending, moment } = visit
  const due = await system.inTransaction((stores) => concludeHeld(stores, pending, held, moment))
  return arrive(visit, held, due)
}

async function startOver(visit: Visit): Promise<FastifyReply> {
  await visit.system.inTransaction((stores) => visit.pending.letGo(stores))
  return visit.goTo({ step: 'identify' })
}

/** Meanwhile the account was closed, or all sessions were ended: what was proven before that counts no more. */
async function startAnew(visit: Visit): Promise<FastifyReply> {
  await visit.system.inTransaction((stores) => visit.pending.letGo(stores))
  visit.keep({ step: 'identify' })
  return showIdentify(visit, 'gone')
}

async function showNewPassword(visit: Visit, { userId }: HeldProof, error?: NewPasswordError): Promise<FastifyReply> {
  const user = await visit.system.users.find(userId)
  const page = newPasswordView({ ...visit.step, userName: user?.userPrincipalName ?? '', rules: passwordRules(passwordUse(false)), error })
  return visit.show(error ? { ...page, status: 400 } : page)
}

async function takeNewPassword(visit: Visit, held: HeldProof): Promise<FastifyReply> {
  const { browser, fields, pending, request, system } = visit
  if (fields['do'] === 'back') return startOver(visit)
  const { new_password: password, again } = fields
  // Pressed twice, the form of the page before comes once more; that answers nothing.
  if (password === undefined) return visit.again()
  if (password === '') return showNewPassword(visit, held, 'missing')
  if (password !== again) return showNewPassword(visit, held, 'different')
  const { needsTwoFactors } = pending.view
  const answer = { held, needsTwoFactors, password, address: browser.address, requestId: request.id }
  const chosen = await choosePassword(system, answer, (stores) => goOnFrom(stores, pending, held, visit.moment))
  if (chosen.kind === 'gone') return visit.again()
  return chosen.kind === 'refused' ? showNewPassword(visit, held, chosen.problem) : arrive(visit, held, chosen.due)
}
