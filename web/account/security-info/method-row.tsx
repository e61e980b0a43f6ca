import { ChevronDown, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { OwnMethodBody } from '#contract/graph/security-info.ts'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { Row } from '../../kit/rows.tsx'
import { type MessageKey, message } from '../../kit/words/message.ts'
import { capitalised, listText } from '../../kit/words/recent.ts'
import { goTo } from './address.ts'
import { isSignInTile, kinds, namedInText, titleOf } from './kinds.ts'
import { MethodDetails } from './method-details.tsx'

const useWords = {
  'sign-in': 'web.account.security-info.use.sign-in',
  'second-factor': 'web.account.security-info.use.second-factor',
  'password-reset': 'web.account.security-info.use.password-reset',
} as const satisfies Record<OwnMethodBody['uses'][number], MessageKey>

/** One method: what it is, what it is for, and what can be done to it. */
export function MethodRow({ method }: { method: OwnMethodBody }) {
  const { kind, detail, uses, unusableBecause, smsSignIn } = method
  const Icon = kinds[kind].icon
  const needsLook = unusableBecause !== null || (smsSignIn?.isOffered === true && smsSignIn.because !== null)
  const [isOpen, setOpen] = useState(needsLook)
  const details = `details-${method.id}`
  return (
    <Row
      title={<span>{titleOf(method)}</span>}
      badge={<Badges method={method} />}
      icon={<Icon className="icon" aria-hidden="true" />}
      actions={
        <>
          <Actions method={method} />
          <button
            type="button"
            className="caret"
            aria-expanded={isOpen}
            aria-controls={isOpen ? details : undefined}
            aria-label={message('web.account.security-info.details', { method: namedInText(method) })}
            onClick={() => setOpen(!isOpen)}
          >
            <ChevronDown className="icon" aria-hidden="true" />
          </button>
        </>
      }
      more={isOpen && <MethodDetails id={details} method={method} />}
    >
      {detail !== null && (
        <p className="method-value">
          <span className="ltr">{detail}</span>
        </p>
      )}
      <p>
        {uses.length > 0 ? capitalised(listText(uses.map((use) => message(useWords[use])))) : message('web.account.security-info.use.none')}
      </p>
    </Row>
  )
}

function Badges({ method: { isDefault, smsSignIn, unusableBecause } }: { method: OwnMethodBody }) {
  return (
    <>
      {isDefault && <Badge tone="accent">{message('web.account.security-info.badge.default')}</Badge>}
      {smsSignIn?.isSignInName && !smsSignIn.isOffered && <Badge>{message('web.account.security-info.tile.sms-sign-in')}</Badge>}
      {unusableBecause && <Badge tone="bad">{message('web.account.security-info.badge.unusable')}</Badge>}
      {smsSignIn?.isOffered && smsSignIn.because && <Badge>{message('web.account.security-info.badge.look')}</Badge>}
    </>
  )
}

/** S47, S48: a number that signs somebody in has a button, whatever else there is has a link. */
function Actions({ method }: { method: OwnMethodBody }) {
  const { id, kind, canChange, deletion, smsSignIn } = method
  const remove = () => goTo({ name: 'delete', id })
  const named = namedInText(method)
  return (
    <>
      {canChange && (
        <Button
          kind="plain"
          aria-label={message('web.account.security-info.change-this', { method: named })}
          onPress={() => goTo({ name: 'change', kind })}
        >
          {message('web.account.security-info.change')}
        </Button>
      )}
      {deletion && (
        <Button
          kind={isSignInTile(smsSignIn) ? 'quiet' : 'plain'}
          icon={isSignInTile(smsSignIn) && <Trash2 className="icon" aria-hidden="true" />}
          aria-label={message('web.account.security-info.delete-this', { method: named })}
          onPress={remove}
        >
          {message('web.account.security-info.delete.link')}
        </Button>
      )}
    </>
  )
}
