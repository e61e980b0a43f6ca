import { type Html, html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { message } from '#server/locale.ts'
import { button, form, type Step, stepPage } from './form.ts'

interface KnownAccount {
  /** What the field `account` or `sign_out` says; a name of this browser's session, never of the directory. */
  id: string
  displayName: string
  userName: string
}

export interface AccountsModel extends Step {
  appName: string | undefined
  accounts: readonly KnownAccount[]
}

export function accountsView(model: AccountsModel): Page {
  const { locale, appName, accounts } = model
  const heading = message(locale, 'features.sign-in.accounts.heading')
  const main = html`<h1>${heading}</h1>
${appName !== undefined && html`<p class="lead">${sentence(locale, 'features.sign-in.identify.for-app', { app: apart(appName) })}</p>`}
${form(model, html`<ul class="choices">${accounts.map((account) => choice(account))}</ul>${button(model, 'another', 'features.sign-in.accounts.another', 'quiet')}`)}
<div class="more"><details><summary>${message(locale, 'features.sign-in.accounts.sign-out')}</summary>
${form(
  model,
  accounts.map((account) => signOutButton(model, account)),
)}</details></div>`
  return stepPage(model, heading, main)
}

function choice({ id, displayName, userName }: KnownAccount): Html {
  return html`<li><button class="choice" name="account" value="${id}"><bdi>${displayName}</bdi><span><bdi>${userName}</bdi></span></button></li>`
}

function signOutButton({ locale }: Step, { id, displayName, userName }: KnownAccount): Html {
  const who = html`<bdi>${displayName}</bdi> (<bdi>${userName}</bdi>)`
  return html`<button class="plain" name="sign_out" value="${id}">${sentence(locale, 'features.sign-in.accounts.sign-out-one', { who })}</button>`
}
