import { useState } from 'react'
import type { NumberHolderBody } from '#contract/graph/method-reports.ts'
import type { PersonMethodsBody } from '#contract/graph/person-methods.ts'
import { api } from '../../../../kit/api/api.ts'
import { ApiError } from '../../../../kit/api/api-error.ts'
import { listPath, quoted } from '../../../../kit/api/list-path.ts'
import type { ListBody } from '../../../../kit/api/use-pages.ts'
import { Banner } from '../../../../kit/banner.tsx'
import { Button } from '../../../../kit/button.tsx'
import { LinkButton } from '../../../../kit/link.tsx'
import { message } from '../../../../kit/words/message.ts'
import { personAddress } from '../person-page.tsx'

export interface Conflicting {
  code: 'phone_number_not_unique' | 'voice_number_conflict'
  message: string
  number: string
}

interface ConflictProps {
  conflict: Conflicting
  methods: PersonMethodsBody
  onReplaced: () => void
}

/** S23, S24: a number that was refused, with what helps as a button. */
export function Conflict(props: ConflictProps) {
  return props.conflict.code === 'voice_number_conflict' ? <VoiceNumber {...props} /> : <InUse {...props} />
}

function VoiceNumber({ conflict, methods, onReplaced }: ConflictProps) {
  const mobile = methods.methods.find(({ kind }) => kind === 'phone')
  const replace = async () => {
    await api.patch(`/v1.0/users/${methods.id}/authentication/phoneMethods/${mobile?.id}`, { phoneNumber: conflict.number })
    onReplaced()
  }
  return (
    <Banner
      tone="bad"
      isNews
      title={message('web.admin.users.person.methods.cause.voice')}
      actions={
        mobile?.acts.change?.may && (
          <Button kind="quiet" onPress={() => void replace()}>
            {message('web.admin.users.person.methods.remedy.replace-voice')}
          </Button>
        )
      }
    >
      <p>{conflict.message}</p>
    </Banner>
  )
}

/** Whose it is is told when it is asked for, since the audit log tells who asked. */
function InUse({ conflict, methods }: ConflictProps) {
  const [holders, setHolders] = useState<readonly NumberHolderBody[]>()
  const [failure, setFailure] = useState<string>()
  const ask = async () => {
    try {
      const path = listPath('/sesam/v1/reports/phoneNumbers', { filter: `number eq ${quoted(conflict.number)}` })
      setHolders((await api.get<ListBody<NumberHolderBody>>(path)).value.filter(({ userId }) => userId !== methods.id))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFailure(error.message)
    }
  }
  return (
    <Banner
      tone="bad"
      isNews
      title={message('web.admin.users.person.methods.cause.not-unique')}
      actions={
        holders
          ? holders.map(({ id, userId, userDisplayName }) => (
              <LinkButton key={id} to={personAddress(userId, 'authentication-methods')}>
                {message('web.admin.users.person.methods.remedy.open-holder', { name: userDisplayName })}
              </LinkButton>
            ))
          : !failure && (
              <Button kind="quiet" onPress={() => void ask()}>
                {message('web.admin.users.person.methods.remedy.whose')}
              </Button>
            )
      }
    >
      <p>{conflict.message}</p>
      {failure && <p>{failure}</p>}
    </Banner>
  )
}
