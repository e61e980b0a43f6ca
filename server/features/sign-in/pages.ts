import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '#server/http/page.ts'
import { refusalOf } from '#server/http/refusal-answer.ts'
import { livingSessions, showAccounts, takeAccount } from './pages/account-page.ts'
import { resend, showCode, takeCode, takeKeeping } from './pages/code-page.ts'
import { showCountry } from './pages/country-page.ts'
import { showDue, takeDue } from './pages/due-page.ts'
import { showIdentify, takeCountry, takeIdentifier } from './pages/identify-page.ts'
import { showOrganisations, takeOrganisation } from './pages/organisation-page.ts'
import { showPassword, takePassword } from './pages/password-page.ts'
import { drawingRefusals, settingFor } from './pages/refused-page.ts'
import { showReview, takeReview } from './pages/register-review-page.ts'
import { resume } from './pages/second-page.ts'
import type { SignInDoors, Visit } from './pages/visit.ts'
import { keepNumberView } from './views/keep-number-view.ts'
import { messageView } from './views/message-view.ts'
import { staySignedInView } from './views/stay-signed-in-view.ts'

const address = '/:tenant/sign-in/:uid'
/** Somebody who pastes a whole document into a field is told so on the page; only what no person sends is refused before it is read. */
const formMaxBytes = 512 * 1024

/** Where the protocol sends whoever has to sign in. One address for the whole way, so that a reload shows the step and sends nothing. */
export function mountSignIn(app: FastifyInstance, doors: SignInDoors): void {
  const draw = drawingRefusals(doors.installation)
  // Whoever comes here is on a page, so a no of any kind is one too.
  app.setErrorHandler(async (error, request, reply) => sendPage(reply, await draw(refusalOf(error, request, reply), request)))
  app.get(address, async (request, reply) => {
    const visit = await doors.open(request, reply)
    return visit ? show(visit) : over(doors, request, reply)
  })
  app.post(address, { bodyLimit: formMaxBytes }, async (request, reply) => {
    const visit = await doors.open(request, reply)
    if (!visit) return over(doors, request, reply)
    // A form of an earlier step, or of another site: the present step says what to do, and nothing has happened.
    return visit.isOurForm() ? take(visit) : visit.again()
  })
}

async function show(visit: Visit): Promise<FastifyReply> {
  const { pending, flow } = visit
  if (pending.isAnswered && flow?.step === 'register-review') return showReview(visit)
  if (pending.isAnswered && flow?.step === 'keep-number') return visit.show(keepNumberView(visit.step))
  if (pending.isAnswered) return visit.asksToStaySignedIn ? visit.show(staySignedInView(visit.step)) : visit.leave()
  if (pending.held) return showDue(visit, pending.held)
  if (pending.view.isUnobtainable) return notEnough(visit)
  const resumed = await resume(visit)
  if (resumed) return resumed
  switch (flow?.step) {
    case 'code':
      return showCode(visit)
    case 'password':
      return showPassword(visit)
    case 'country':
      return showCountry(visit)
    case 'organisation':
      return showOrganisations(visit)
    case 'identify':
      return showIdentify(visit)
    default: {
      const sessions = pending.view.wants === 'choose_account' ? await livingSessions(visit) : []
      return sessions.length > 0 ? showAccounts(visit, sessions) : showIdentify(visit)
    }
  }
}

async function take(visit: Visit): Promise<FastifyReply> {
  const { pending, system, flow, fields } = visit
  if (pending.isAnswered && flow?.step === 'register-review') return takeReview(visit)
  if (pending.isAnswered && flow?.step === 'keep-number') return takeKeeping(visit)
  if (pending.isAnswered) {
    // Pressed twice, the code's own form comes once more; that answers nothing.
    if (fields['stay'] === undefined) return visit.again()
    if (fields['stay'] === 'yes') await system.inTransaction((stores) => pending.keepSignedIn(stores))
    return visit.leave()
  }
  if (pending.held) return takeDue(visit, pending.held)
  if (fields['do'] === 'cancel') {
    await system.inTransaction((stores) => pending.giveUp(stores, 'access_denied'))
    return visit.leave()
  }
  if (fields['do'] === 'back') return visit.goTo({ step: 'identify' })
  if (fields['account'] !== undefined || fields['sign_out'] !== undefined || fields['do'] === 'another') return takeAccount(visit)
  if (flow?.step === 'organisation') return takeOrganisation(visit)
  if (flow?.step === 'code') return fields['do'] === 'resend' ? resend(visit) : takeCode(visit)
  if (flow?.step === 'password') return takePassword(visit)
  return flow?.step === 'country' ? takeCountry(visit) : takeIdentifier(visit)
}

/** The app insists on something nobody can prove here: said before anybody waits for a text. */
function notEnough(visit: Visit): FastifyReply {
  return visit.show(
    messageView({
      ...visit.step,
      ending: 'not-enough',
      status: 403,
      correlationId: visit.request.id,
      detail: undefined,
      onward: undefined,
    }),
  )
}

async function over({ installation }: SignInDoors, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const setting = await settingFor(installation, request)
  const correlationId = request.id
  return sendPage(reply, messageView({ ...setting, ending: 'expired', status: 410, correlationId, detail: undefined, onward: undefined }))
}
