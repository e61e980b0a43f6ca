import type { OwnMethodBody } from '#contract/graph/security-info.ts'
import { Banner } from '../../kit/banner.tsx'
import { Button } from '../../kit/button.tsx'
import { Facts } from '../../kit/rows.tsx'
import { When } from '../../kit/when.tsx'
import { message } from '../../kit/words/message.ts'
import { dateText } from '../../kit/words/moments.ts'
import { goTo } from './address.ts'

/** What is behind the caret of a method. */
export function MethodDetails({ id, method }: { id: string; method: OwnMethodBody }) {
  const { kind, createdDateTime, lastUsedDateTime, unusableBecause, canChange, smsSignIn } = method
  const facts = [
    ...(createdDateTime === null ? [] : [[message(addedWords(kind)), dateText(createdDateTime)] as const]),
    // Of a password it is not written down.
    ...(kind === 'password'
      ? []
      : [[message('web.account.security-info.last-used'), <LastUsed key="used" instant={lastUsedDateTime} />] as const]),
  ]
  return (
    <div className="method-details" id={id}>
      <Facts facts={facts} />
      {unusableBecause && (
        <Banner
          tone="bad"
          title={message('web.account.security-info.unusable')}
          actions={
            canChange && (
              <Button kind="quiet" onPress={() => goTo({ name: 'change', kind })}>
                {message('web.account.security-info.change-number')}
              </Button>
            )
          }
        >
          <p>{unusableBecause.message}</p>
        </Banner>
      )}
      {smsSignIn?.isOffered && <SmsSignIn method={method} signIn={smsSignIn} />}
      {smsSignIn && !smsSignIn.isOffered && smsSignIn.isSignInName && smsSignIn.because && (
        <Banner title={message('web.account.security-info.sms.off-now')}>
          <p>{smsSignIn.because.message}</p>
        </Banner>
      )}
    </div>
  )
}

function addedWords(kind: OwnMethodBody['kind']) {
  return kind === 'password' ? 'web.account.security-info.password-changed' : 'web.account.security-info.added'
}

function LastUsed({ instant }: { instant: string | null }) {
  return instant === null ? message('web.account.security-info.never-used') : <When instant={instant} isFirst />
}

interface SmsSignInProps {
  method: OwnMethodBody
  signIn: NonNullable<OwnMethodBody['smsSignIn']>
}

/** S43: whether the number is a user name, and the button that changes it. */
function SmsSignIn({ method: { id, kind }, signIn }: SmsSignInProps) {
  const { isSignInName, canEnable, canDisable, canProve, because } = signIn
  const words = isSignInName ? 'web.account.security-info.sms.on' : 'web.account.security-info.sms.off'
  return (
    <div className="sms-sign-in">
      <div>
        <h3>{message('web.account.security-info.tile.sms-sign-in')}</h3>
        <p className="soft small">{because ? because.message : message(words)}</p>
      </div>
      {canEnable && <Button onPress={() => goTo({ name: 'enable', id })}>{message('web.account.security-info.enable')}</Button>}
      {canProve && (
        <Button kind="quiet" onPress={() => goTo({ name: 'prove', kind })}>
          {message('web.account.security-info.prove')}
        </Button>
      )}
      {canDisable && (
        <Button kind="quiet" onPress={() => goTo({ name: 'disable', id })}>
          {message('web.account.security-info.disable')}
        </Button>
      )}
    </div>
  )
}
