import { Check } from 'lucide-react'
import type { PersonMethodBody } from '#contract/graph/person-methods.ts'
import { Badge } from '../../../../kit/badge.tsx'
import { Banner } from '../../../../kit/banner.tsx'
import { Button } from '../../../../kit/button.tsx'
import { Row } from '../../../../kit/rows.tsx'
import { When } from '../../../../kit/when.tsx'
import { type MessageKey, message } from '../../../../kit/words/message.ts'
import { dateText } from '../../../../kit/words/moments.ts'
import { capitalised, listText } from '../../../../kit/words/recent.ts'
import { kinds, nameOf } from './kinds.ts'
import { CauseBanner } from './remedies.tsx'
import { openStep } from './step.ts'

const useWords = {
  'sign-in': 'web.admin.users.person.methods.use.sign-in',
  'second-factor': 'web.admin.users.person.methods.use.second-factor',
  'password-reset': 'web.admin.users.person.methods.use.password-reset',
} as const satisfies Record<PersonMethodBody['uses'][number], MessageKey>

/** One method: what it is, what it is for, what is in its way, and what can be done to it. */
export function MethodRow({ method, personId }: { method: PersonMethodBody; personId: string }) {
  const { id, kind, detail, isDefault, smsSignIn, unusableBecause, uses } = method
  const Icon = kinds[kind].icon
  const cause = smsSignIn?.cause
  return (
    <Row
      title={<span>{message(kinds[kind].label)}</span>}
      badge={
        <>
          {isDefault && <Badge tone="accent">{message('web.admin.users.person.methods.default')}</Badge>}
          {unusableBecause && <Badge tone="bad">{message('web.admin.users.person.methods.unusable')}</Badge>}
        </>
      }
      icon={<Icon className="icon" aria-hidden="true" />}
      actions={<Actions method={method} />}
      more={
        cause ? (
          <CauseBanner
            cause={cause}
            personId={personId}
            onReplace={() => openStep('change', id)}
            onConfirm={() => openStep('enable', id)}
          />
        ) : (
          unusableBecause && (
            <Banner>
              <p>{unusableBecause.message}</p>
            </Banner>
          )
        )
      }
    >
      {detail !== null && (
        <p className="method-value">
          <span className="ltr">{detail}</span>
        </p>
      )}
      {/* S16: the check mark is there for a number that signs its person in, and for no other. */}
      {smsSignIn?.state === 'ready' && (
        <p className="method-ready">
          <Check className="icon" aria-hidden="true" />
          {message('web.admin.users.person.methods.sms-sign-in-enabled')}
        </p>
      )}
      {uses.length > 0 && <p>{capitalised(listText(uses.map((use) => message(useWords[use]))))}</p>}
      <Moments method={method} />
    </Row>
  )
}

function Moments({ method: { kind, createdDateTime, lastUsedDateTime } }: { method: PersonMethodBody }) {
  if (createdDateTime === null) return null
  const date = dateText(createdDateTime)
  if (kind === 'password') return <p>{message('web.admin.users.person.methods.changed-on', { date })}</p>
  return (
    <p>
      {message('web.admin.users.person.methods.added-on', { date })} ·{' '}
      {lastUsedDateTime === null ? (
        message('web.admin.users.person.methods.never-used')
      ) : (
        <>
          {message('web.admin.users.person.methods.last-used')} <When instant={lastUsedDateTime} />
        </>
      )}
    </p>
  )
}

/** Those there are; who may not use one reads why when they press it. */
function Actions({ method }: { method: PersonMethodBody }) {
  const { id, acts } = method
  const named = { method: nameOf(method) }
  return (
    <>
      {acts.enableSmsSignIn && (
        <Button kind="quiet" onPress={() => openStep('enable', id)}>
          {message('web.admin.users.person.methods.enable')}
        </Button>
      )}
      {acts.disableSmsSignIn && (
        <Button kind="plain" onPress={() => openStep('disable', id)}>
          {message('web.admin.users.person.methods.disable')}
        </Button>
      )}
      {acts.change && (
        <Button
          kind="plain"
          aria-label={message('web.admin.users.person.methods.change-this', named)}
          onPress={() => openStep('change', id)}
        >
          {message('web.admin.users.person.methods.change')}
        </Button>
      )}
      {acts.delete && (
        <Button
          kind="plain"
          aria-label={message('web.admin.users.person.methods.delete-this', named)}
          onPress={() => openStep('delete', id)}
        >
          {message('web.admin.users.person.methods.delete.link')}
        </Button>
      )}
    </>
  )
}
