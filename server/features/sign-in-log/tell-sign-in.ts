import type { SignInEntryBody, ToldSignInBody } from '#contract/graph/sign-ins.ts'
import type { Locale } from '#contract/locale.ts'
import type { RecordedSignIn } from '#server/domain/sign-in-event.ts'
import { outcomeOf } from '#server/domain/sign-in-results.ts'
import { message } from '#server/locale.ts'
import { adviceOn } from './advice.ts'
import { presentSignIn, reasonOf } from './present-sign-in.ts'
import { endings, methodNames, toldSteps } from './words.ts'

export function presentEntry(signIn: RecordedSignIn, organizationId: string, locale: Locale): SignInEntryBody {
  return { ...presentSignIn(signIn, organizationId, locale), outcome: outcomeOf(signIn.result) }
}

/** One attempt from its beginning to its end, for somebody who has never seen a log. */
export function tellSignIn(signIn: RecordedSignIn, organizationId: string, mayReveal: boolean, locale: Locale): ToldSignInBody {
  const entry = presentEntry(signIn, organizationId, locale)
  const { toDo, remedies } = adviceOn(signIn.result)
  const knows = { ...everyRemedy, methods: signIn.userId, profile: signIn.userId, samePerson: signIn.userId }
  return {
    ...entry,
    isReported: signIn.reportedAt !== undefined,
    steps: [beginning(signIn, locale), ...signIn.steps.map((step) => toldStep(step, locale)), ending(signIn, locale)],
    whatHappened: reasonOf(signIn.result, locale) ?? message(locale, 'features.sign-in-log.told.signedIn'),
    whatToDo: message(locale, signIn.reportedAt ? 'features.sign-in-log.advice.reported' : toDo),
    remedies: remedies.filter((remedy) => knows[remedy] !== undefined),
    mayReveal,
  }
}

type ToldStep = ToldSignInBody['steps'][number]

const everyRemedy = { policy: '', gateways: '', app: '', apps: '', sameAddress: '' }

function beginning(
  { startedAt, userId, identifierMasked, identifierType, isInteractive, appDisplayName }: RecordedSignIn,
  locale: Locale,
): ToldStep {
  const typed = { app: appDisplayName, identifier: identifierMasked }
  const sentence = isInteractive
    ? message(
        locale,
        identifierType === 'phoneNumber' ? 'features.sign-in-log.told.typedNumber' : 'features.sign-in-log.told.typedName',
        typed,
      )
    : message(locale, userId === undefined ? 'features.sign-in-log.told.appCame' : 'features.sign-in-log.told.appCameBack', {
        app: appDisplayName,
      })
  return { dateTime: startedAt.toISOString(), method: null, sentence, detail: null, succeeded: null }
}

function toldStep({ at, method, detail, result, succeeded }: RecordedSignIn['steps'][number], locale: Locale): ToldStep {
  return {
    dateTime: at.toISOString(),
    method: message(locale, methodNames[method]),
    sentence: message(locale, toldSteps[result]),
    detail: detail ?? null,
    // That a code was sent is no proof yet, and no failure either.
    succeeded: result === 'codeSent' ? null : succeeded,
  }
}

function ending(signIn: RecordedSignIn, locale: Locale): ToldStep {
  const outcome = outcomeOf(signIn.result)
  const last = signIn.steps.at(-1)?.at ?? signIn.startedAt
  return {
    dateTime: last.toISOString(),
    method: null,
    sentence: message(locale, endings[outcome], { app: signIn.appDisplayName }),
    detail: null,
    succeeded: outcome === 'interrupted' ? null : outcome === 'success',
  }
}
