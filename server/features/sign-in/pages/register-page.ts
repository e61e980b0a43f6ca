import type { FastifyReply } from 'fastify'
import type { HeldProof } from '#server/domain/interaction.ts'
import { concludeHeld } from '../conclude.ts'
import { leaveRegistration } from '../leave-registration.ts'
import { putOffRegistration } from '../put-off-registration.ts'
import type { Due } from '../rules.ts'
import { startRegistration } from '../start-registration.ts'
import { registerChooseView } from '../views/register-choose-view.ts'
import { registerIntroView } from '../views/register-intro-view.ts'
import { registerOfferView } from '../views/register-offer-view.ts'
import { goOn } from './arrival.ts'
import { showOwnProof, startOwnProof, takeOwnProof } from './prove-own-page.ts'
import { callAgain, showCall, takeCall } from './register-call-page.ts'
import { resendRegistrationCode, showRegistrationCode, takeRegistrationCode } from './register-code-page.ts'
import { showEmail, takeEmail } from './register-email-page.ts'
import { showPhone, takePhone } from './register-phone-page.ts'
import { Registering } from './registering.ts'
import type { Visit } from './visit.ts'

/** The step somebody is at, as far as what is asked of them now still has it. */
export async function showRegistration(visit: Visit, held: HeldProof): Promise<FastifyReply> {
  const registering = await Registering.open(visit, held)
  if (!registering) return visit.again()
  const { ways, step, registration } = registering
  if (visit.flow?.step === 'register-prove' && registering.ownProof) return showOwnProof(registering)
  if (isInTheMiddle(visit) && registering.ownProof) return registering.goTo('register')
  if (isInTheMiddle(visit) && !registering.isAsked) return registering.moveOn()
  switch (visit.flow?.step) {
    case 'register-choose':
      return visit.show(registerChooseView({ ...step, ways }))
    case 'register-phone':
      return showPhone(registering)
    case 'register-email':
      return showEmail(registering)
    case 'register-code':
      return showRegistrationCode(registering)
    case 'register-call':
      return showCall(registering)
    default: {
      const [way] = ways
      if (registration.offer && way)
        return visit.show(registerOfferView({ ...visit.step, way, snoozesLeft: registration.offer.snoozesLeft }))
      return visit.show(registerIntroView({ ...visit.step, appName: visit.pending.view.appName, ways }))
    }
  }
}

export async function takeRegistration(visit: Visit, held: HeldProof): Promise<FastifyReply> {
  const registering = await Registering.open(visit, held)
  if (!registering) return visit.again()
  const { fields } = visit
  switch (fields['do']) {
    case 'cancel':
      return leave(registering)
    case 'later':
      return putOff(registering)
  }
  if (registering.ownProof) {
    if (visit.flow?.step === 'register-prove') return takeOwnProof(registering)
    return fields['do'] === 'confirm' ? start(registering) : registering.goTo('register')
  }
  return takeOwn(registering)
}

/** Of whoever has proven enough to add something. */
async function takeOwn(registering: Registering): Promise<FastifyReply> {
  const { visit } = registering
  const { fields } = visit
  if (fields['do'] === 'different') return registering.goTo('register-choose')
  if (fields['do'] === 'back') return registering.goBack()
  if (fields['method'] !== undefined) return registering.goToWay(fields['method'])
  if (isInTheMiddle(visit) && !registering.isAsked) return registering.moveOn()
  return takeStep(registering)
}

async function takeStep(registering: Registering): Promise<FastifyReply> {
  const { fields, flow } = registering.visit
  const isAgain = fields['do'] === 'resend'
  switch (flow?.step) {
    case 'register-phone':
      return takePhone(registering)
    case 'register-email':
      return takeEmail(registering)
    case 'register-code':
      return isAgain ? resendRegistrationCode(registering) : takeRegistrationCode(registering)
    case 'register-call':
      return isAgain ? callAgain(registering) : takeCall(registering)
    default:
      // The form of the page before may come once more, pressed twice; that agrees to nothing.
      return fields['do'] === 'confirm' ? start(registering) : registering.visit.again()
  }
}

const middle: ReadonlySet<string | undefined> = new Set(['register-phone', 'register-email', 'register-code', 'register-call'])

function isInTheMiddle({ flow }: Visit): boolean {
  return middle.has(flow?.step)
}

async function start(registering: Registering): Promise<FastifyReply> {
  const { visit, registration } = registering
  await startRegistration(visit.system, registering.registrant, registration.asked)
  return startOwnProof(registering)
}

/** What policy demands cannot be left out: who stops here is not signed in, and is asked again the next time. */
async function leave(registering: Registering): Promise<FastifyReply> {
  const { visit, held, registration } = registering
  const attempt = { asked: registration.asked, attemptId: held.attemptId }
  await leaveRegistration(visit.system, visit.pending, registering.registrant, attempt)
  return visit.leave()
}

async function putOff(registering: Registering): Promise<FastifyReply> {
  const { visit, held, registration } = registering
  const { system, pending, flow } = visit
  if (!registration.offer) return visit.again()
  let due: Due | undefined
  await putOffRegistration(system, held.userId, registration.offer, async (stores) => {
    due = await concludeHeld(stores, pending, held, { ...visit.moment, mayOffer: false })
  })
  return goOn(visit, { userId: held.userId, due, asksToKeepNumber: flow?.asksToKeepNumber === true })
}
