import { interactionPolicy } from 'oidc-provider'

const { base, Check, Prompt } = interactionPolicy

/**
 * When a person has to be asked for something. Consent is not among it: an administrator gives that for everybody, so an app that lacks it
 * is told so before anybody signs in.
 */
export function promptPolicy(): interactionPolicy.DefaultPolicy {
  const policy = base()
  // Apps may ask for consent by name; that there is none to ask for is no reason to turn them away.
  policy.get('consent')?.checks.clear()
  policy.add(new Prompt({ name: 'select_account', requestable: true }), 0)
  policy.get('login')?.checks.add(
    new Check('session_over', 'the session belongs to somebody who may not sign in any more', 'login_required', ({ oidc }) => {
      return oidc.session?.accountId !== undefined && oidc.account === undefined
    }),
    0,
  )
  return policy
}
