import { html, type Part } from '#server/http/html.ts'
import { type MessageKey, message } from '#server/locale.ts'
import { button, form, type Step } from './form.ts'

/** What somebody sets up in one go. A phone is one thing, however it is reached. */
export type RegistrationWay = 'phone' | 'email'

/** Something that happened a moment ago, said at the top of the page that follows. */
export type RegistrationNotice = keyof typeof notices

export interface RegistrationStep extends Step {
  notice: RegistrationNotice | undefined
  /** The number that was registered names somebody else here. */
  isInUse: boolean
  /** Where in all that is asked this page stands; undefined when there is only one thing. */
  progress: { at: number; of: number } | undefined
  /** There is something else that would do as well, or that has to be done too and may come first. */
  hasOther: boolean
  /** A campaign only would like it. */
  canWait: boolean
}

export const wayNames: Readonly<Record<RegistrationWay, Readonly<Record<'name' | 'intro' | 'hint', MessageKey>>>> = {
  phone: {
    name: 'features.sign-in.register.ways.phone.name',
    intro: 'features.sign-in.register.ways.phone.intro',
    hint: 'features.sign-in.register.ways.phone.hint',
  },
  email: {
    name: 'features.sign-in.register.ways.email.name',
    intro: 'features.sign-in.register.ways.email.intro',
    hint: 'features.sign-in.register.ways.email.hint',
  },
}

const notices = {
  'phone-texted': 'features.sign-in.register.notices.phone-texted',
  'phone-called': 'features.sign-in.register.notices.phone-called',
  email: 'features.sign-in.register.notices.email',
  'not-allowed': 'features.sign-in.register.notices.not-allowed',
  elsewhere: 'features.sign-in.register.notices.elsewhere',
  'first-you': 'features.sign-in.register.notices.first-you',
} as const satisfies Record<string, MessageKey>

/** The line above the heading of each step, and under it what happened before. */
export function aboveHeading({ locale, notice, isInUse, progress }: RegistrationStep): Part {
  const steps = progress && { at: String(progress.at), of: String(progress.of) }
  return html`<p class="soft">${message(locale, 'features.sign-in.register.frame')}${steps && ` · ${message(locale, 'features.sign-in.register.progress', steps)}`}</p>
${notice && html`<p class="notice" role="status">${message(locale, notices[notice])}</p>`}${isInUse && html`<p>${message(locale, 'features.sign-in.register.in-use')}</p>`}
`
}

/** The ways out of a step. */
export function belowForm(model: RegistrationStep): Part {
  const { hasOther, canWait } = model
  return form(
    model,
    html`${hasOther && button(model, 'different', 'features.sign-in.register.different', 'plain')}
${canWait ? button(model, 'later', 'features.sign-in.register.offer.later', 'plain') : button(model, 'cancel', 'features.sign-in.register.stop', 'plain')}`,
  )
}
