import type { Locale } from '#contract/locale.ts'
import type { Page } from '#server/http/page.ts'
import { accountsView } from './accounts-view.ts'
import { codeView } from './code-view.ts'
import { consentNeededView } from './consent-needed-view.ts'
import { countryView } from './country-view.ts'
import { deviceCodeView, deviceConfirmView } from './device-view.ts'
import type { Step } from './form.ts'
import { identifyView } from './identify-view.ts'
import { keepNumberView } from './keep-number-view.ts'
import { messageView } from './message-view.ts'
import { newPasswordView } from './new-password-view.ts'
import { organisationsView } from './organisations-view.ts'
import { type PasswordModel, passwordView } from './password-view.ts'
import { registerCallView } from './register-call-view.ts'
import { registerChooseView } from './register-choose-view.ts'
import { registerCodeView } from './register-code-view.ts'
import { registerEmailView } from './register-email-view.ts'
import type { RegistrationWay } from './register-frame.ts'
import { registerIntroView } from './register-intro-view.ts'
import { registerOfferView } from './register-offer-view.ts'
import { registerPhoneView } from './register-phone-view.ts'
import { registerReviewView } from './register-review-view.ts'
import { secondCallView } from './second-call-view.ts'
import { secondChoiceView } from './second-choice-view.ts'
import { secondCodeView } from './second-code-view.ts'
import { secondMissingView } from './second-missing-view.ts'
import { secondPasswordView } from './second-password-view.ts'
import { signedOutView, signOutView } from './sign-out-view.ts'
import { staySignedInView } from './stay-signed-in-view.ts'

/** What somebody else chose: names, notes, and what was typed. */
export interface Theirs {
  name: string
  typed: string
  colour: string | undefined
  logo: string | undefined
}

const plain: Theirs = { name: 'Buurtwinkels Noord', typed: '06 1234 5678', colour: undefined, logo: undefined }

/** Every page of signing in, with as much on it as there can be. */
export function samplePages(locale: Locale, { name, typed, colour, logo }: Theirs = plain): Readonly<Record<string, Page>> {
  const setting = { locale, organisationName: name, brand: { colour, logo, note: name } }
  const step = { ...setting, action: '/contoso.example/sign-in/V1StGXR8_Z5jdHi6B-myT', token: 'A'.repeat(43) }
  const code = {
    ...step,
    maskedNumber: undefined,
    typedMasked: typed,
    isResent: true,
    resendInSeconds: 30,
    ways: [name],
    offers: 'either' as const,
  }
  const onward = { href: `https://app.example/?${typed}`, name }
  const countries = [
    { region: 'SE', callingCode: '46' },
    { region: 'NL', callingCode: '31' },
  ]
  const ways: RegistrationWay[] = ['phone', 'email']
  const registering = {
    ...step,
    notice: 'phone-texted',
    isInUse: true,
    progress: { at: 1, of: 2 },
    hasOther: true,
    canWait: false,
  } as const
  const phone = { ...registering, countries, chosen: 'NL', national: typed, channel: 'sms' } as const
  const sent = { ...registering, sentTo: typed, isResent: true, resendInSeconds: 30 }
  const ringing = { called: typed, digit: '7', state: 'ringing', canCallAgain: false } as const
  return {
    identify: identifyView({ ...step, appName: name, identifier: typed, error: 'malformed', ways: [name] }),
    country: countryView({ ...step, countries, chosen: 'NL', national: typed, error: 'malformed' }),
    code: codeView({ ...code, error: { kind: 'wrong', triesLeft: 1 } }),
    codeAtLast: codeView({ ...code, error: { kind: 'over' }, resendInSeconds: undefined }),
    ...passwordPages({ ...step, typed, typedMasked: typed, ways: [name] }),
    newPassword: newPasswordView({ ...step, userName: typed, rules: { minLength: 15, maxLength: 256 }, error: 'password_of_names' }),
    stay: staySignedInView(step),
    keepNumber: keepNumberView(step),
    ...secondPages(step, { name, typed }),
    register: registerIntroView({ ...step, appName: name, ways }),
    registerChoose: registerChooseView({ ...registering, ways }),
    registerPhone: registerPhoneView({ ...phone, channels: ['sms', 'voice'], error: 'malformed' }),
    registerPhoneOneWay: registerPhoneView({ ...phone, channels: ['voice'], error: undefined }),
    registerCode: registerCodeView({ ...sent, way: 'phone', error: { kind: 'wrong', triesLeft: 1 } }),
    registerCall: registerCallView({ ...registering, ...ringing }),
    registerCallMissed: registerCallView({ ...registering, called: typed, digit: '7', state: 'noAnswer', canCallAgain: true }),
    registerMailCode: registerCodeView({ ...sent, way: 'email', error: { kind: 'missing' } }),
    registerEmail: registerEmailView({ ...registering, address: typed, error: 'malformed' }),
    registerReview: registerReviewView({ ...registering, added: [{ way: 'phone', masked: typed }] }),
    registerOffer: registerOfferView({ ...step, way: 'phone', snoozesLeft: 3 }),
    accounts: accountsView({ ...step, appName: name, accounts: [{ id: typed, displayName: name, userName: name }] }),
    organisations: organisationsView({ ...step, organisations: [{ id: typed, displayName: name, domain: name }] }),
    consent: consentNeededView({ ...step, appName: name, wants: [name, 'User.Read'] }),
    device: deviceCodeView({ ...step, userCode: typed, error: 'unknown' }),
    deviceConfirm: deviceConfirmView({ ...step, appName: name, userCode: typed }),
    signOut: signOutView({ ...step, isProven: false }),
    signedOut: signedOutView({ ...setting, onward }),
    message: messageView({ ...setting, ending: 'request-wrong', status: 400, correlationId: typed, detail: name, onward }),
  }
}

/** On the way to a second factor. */
function secondPages(step: Step, { name, typed }: Pick<Theirs, 'name' | 'typed'>): Readonly<Record<string, Page>> {
  const second = { ...step, appName: name, hasOther: true }
  const ways = (['sms', 'voiceMobile', 'voiceAlternateMobile', 'voiceOffice'] as const).map((way) => ({ way, number: typed }))
  return {
    secondChoice: secondChoiceView({ ...second, ways, error: 'slow-down' }),
    secondCode: secondCodeView({ ...second, sentTo: typed, isResent: true, resendInSeconds: 30, error: { kind: 'wrong', triesLeft: 1 } }),
    secondCall: secondCallView({ ...second, called: typed, digit: '7', state: 'ringing', canCallAgain: false }),
    secondPassword: secondPasswordView({ ...second, userName: typed, error: { kind: 'locked', minutes: 4 } }),
    secondMissing: secondMissingView({ ...second, lacks: 'phone' }),
  }
}

function passwordPages(model: Omit<PasswordModel, 'error' | 'asks'>) {
  return {
    password: passwordView({ ...model, error: { kind: 'locked', minutes: 4 }, asks: 'password' }),
    pass: passwordView({ ...model, error: { kind: 'pass-used' }, asks: 'pass' }),
    passwordOrPass: passwordView({ ...model, error: { kind: 'missing' }, asks: 'either' }),
  }
}
