import type { ToldSignInBody } from '#contract/graph/sign-ins.ts'
import type { SignInRemedy } from '#contract/sign-in-log.ts'
import { LinkButton } from '../../kit/link.tsx'
import { message } from '../../kit/words/message.ts'
import { remedyNames } from './words.ts'

/** Where something can be done about it, a press away. */
export function Remedies({ signIn }: { signIn: ToldSignInBody }) {
  if (signIn.remedies.length === 0) return null
  return (
    <div className="row">
      {signIn.remedies.map((remedy) => (
        <LinkButton key={remedy} to={addressOf(remedy, signIn)}>
          {message(remedyNames[remedy])}
        </LinkButton>
      ))}
    </div>
  )
}

function addressOf(remedy: SignInRemedy, { userId, appId, ipAddress }: ToldSignInBody): string {
  const addresses: Readonly<Record<SignInRemedy, string>> = {
    methods: `/admin/users/${userId}/authentication-methods`,
    profile: `/admin/users/${userId}`,
    policy: '/admin/security/authentication-methods/policies',
    gateways: '/admin/settings/sms',
    app: `/admin/apps/${appId}`,
    apps: '/admin/apps',
    sameAddress: `/admin/sign-ins?address=${encodeURIComponent(ipAddress)}`,
    samePerson: `/admin/sign-ins?person=${userId}`,
  }
  return addresses[remedy]
}
