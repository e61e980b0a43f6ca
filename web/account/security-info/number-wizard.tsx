import { useEffect, useState } from 'react'
import type { NumberToProveBody } from '#contract/graph/own-numbers.ts'
import type { MethodKind, SecurityInfoBody } from '#contract/graph/security-info.ts'
import { api } from '../../kit/api/api.ts'
import { lookingAgain } from '../../kit/api/looking-again.ts'
import { useDraft } from '../../kit/use-draft.ts'
import { WizardStep } from '../../kit/wizard.tsx'
import { message } from '../../kit/words/message.ts'
import { type MethodWizard, methods } from '../../methods/index.ts'
import { NumberForm } from './number-form.tsx'
import { ProveNumber } from './prove-number.tsx'

export type NumberKind = Extract<MethodKind, 'phone' | 'alternatePhone' | 'officePhone'>
export type Channel = NumberToProveBody['channel']

interface NumberWizardProps extends Omit<MethodWizard, 'onDone'> {
  kind: NumberKind
  /** By what this person may prove a number of this kind. */
  channels: readonly string[]
  /** The number that is there, proven once more. */
  isSameNumber: boolean
  countries: SecurityInfoBody['countries']
  onDone: (by: Channel) => void
}

const phoneTypes = { phone: 'mobile', alternatePhone: 'alternateMobile', officePhone: 'office' } as const satisfies Record<
  NumberKind,
  string
>

/** S31, S35-S37: a number, and the proof that it is one's own. */
export function NumberWizard(props: NumberWizardProps) {
  const { kind, replaces, isSameNumber, countries, proofId, reload, onBegun, onBack, onDone, onClose } = props
  const channels = (['sms', 'voice'] as const).filter((channel) => props.channels.includes(channel))
  const draft = useNumberDraft(kind, isSameNumber ? (replaces ?? '') : '')
  useEffect(() => {
    for (const channel of channels) methods[channel].ProveNumber.prepare()
  })
  const [isStale, setStale] = useState(false)
  const begin = async (phoneNumber: string, channel: Channel) => {
    const wanted = { phoneNumber, phoneType: phoneTypes[kind], channel, ...(replaces !== undefined && { replaces: true }) }
    const { id } = await lookingAgain({ reload }, () => api.post<NumberToProveBody>('/sesam/v1/me/phoneNumbers', wanted))
    setStale(false)
    onBegun(id)
  }
  const startOver = () => {
    setStale(true)
    onBack()
  }
  const done = (by: Channel) => {
    draft.forget()
    onDone(by)
  }
  const giveUp = () => {
    draft.forget()
    onClose()
  }
  if (proofId === undefined)
    return (
      <WizardStep step={1} of={2} title={message('web.account.security-info.number.title')}>
        <NumberForm {...{ kind, channels, countries, draft, replaces, isSameNumber, isStale }} onBegin={begin} onClose={giveUp} />
      </WizardStep>
    )
  return (
    <WizardStep step={2} of={2} title={message('web.account.security-info.number.proof-title')}>
      <ProveNumber
        {...{ proofId, channels, reload }}
        isReplacing={replaces !== undefined}
        onBegin={begin}
        onBack={onBack}
        onStale={startOver}
        onDone={done}
      />
    </WizardStep>
  )
}

export interface NumberDraft {
  number: string
  setNumber: (number: string) => void
  country: string
  setCountry: (country: string) => void
  channel: string
  setChannel: (channel: string) => void
  forget: () => void
}

/** What somebody typed, which outlives a new sign-in. */
function useNumberDraft(kind: NumberKind, present: string): NumberDraft {
  const [number, setNumber, forgetNumber] = useDraft(`security-info.${kind}.number`, present)
  const [country, setCountry, forgetCountry] = useDraft(`security-info.${kind}.country`, '')
  const [channel, setChannel, forgetChannel] = useDraft(`security-info.${kind}.channel`, '')
  const forget = () => {
    forgetNumber()
    forgetCountry()
    forgetChannel()
  }
  return { number, setNumber, country, setCountry, channel, setChannel, forget }
}
