import { useEffect } from 'react'
import type { SecurityInfoBody } from '#contract/graph/security-info.ts'
import { ApiError } from '../../kit/api/api-error.ts'
import { Banner } from '../../kit/banner.tsx'
import { Button } from '../../kit/button.tsx'
import { ComboBox } from '../../kit/combo-box.tsx'
import { FieldProblem, Form, SubmitButton } from '../../kit/form.tsx'
import { RadioGroup } from '../../kit/radio-group.tsx'
import { setting } from '../../kit/setting.ts'
import { TextField } from '../../kit/text-field.tsx'
import { leftToRight } from '../../kit/words/left-to-right.ts'
import { type MessageKey, message } from '../../kit/words/message.ts'
import { type Country, countriesFor, countryText, isCountryMeant, splitNumber } from './countries.ts'
import type { Channel, NumberDraft, NumberKind } from './number-wizard.tsx'

interface NumberFormProps {
  kind: NumberKind
  channels: readonly Channel[]
  countries: SecurityInfoBody['countries']
  draft: NumberDraft
  replaces: string | undefined
  isSameNumber: boolean
  /** What was begun here earlier cannot be gone on with. */
  isStale: boolean
  onBegin: (phoneNumber: string, channel: Channel) => Promise<void>
  onClose: () => void
}

const intros = {
  phone: undefined,
  alternatePhone: 'web.account.security-info.number.alternate-told',
  officePhone: 'web.account.security-info.number.office-told',
} as const satisfies Record<NumberKind, MessageKey | undefined>

const channelWords = {
  sms: 'web.account.security-info.number.text-me',
  voice: 'web.account.security-info.number.call-me',
} as const satisfies Record<Channel, MessageKey>

/** S35: the number, and how it is to be proven. */
export function NumberForm({ kind, channels, countries, draft, replaces, isSameNumber, isStale, onBegin, onClose }: NumberFormProps) {
  const { list, country, channel, take } = useNumber(countries, channels, draft)
  const intro = isSameNumber ? 'web.account.security-info.number.again-told' : intros[kind]
  const begin = async () => {
    if (!channel) return
    try {
      await onBegin(withCountry(draft.number, country), channel)
    } catch (error) {
      // The API's own words are for whoever writes whole numbers.
      if (!(error instanceof ApiError) || error.code !== 'phone_number_invalid' || !country) throw error
      throw new FieldProblem('phoneNumber', message('web.account.security-info.number.invalid', { country: country.name }))
    }
  }
  return (
    <>
      {isStale && <Banner isNews>{message('web.account.security-info.number.stale')}</Banner>}
      {intro && <p>{message(intro)}</p>}
      {replaces !== undefined && !isSameNumber && (
        <p className="soft">{message('web.kit.wizard.replaces', { detail: leftToRight(replaces) })}</p>
      )}
      <Form onSubmit={begin}>
        <ComboBox
          label={message('web.account.security-info.number.country')}
          name="country"
          options={list.map((one) => ({ value: one.id, text: countryText(one) }))}
          value={country?.id}
          onChange={draft.setCountry}
          isMatch={isCountryMeant}
        />
        <TextField
          label={message('web.account.security-info.number.number')}
          name="phoneNumber"
          type="tel"
          inputMode="tel"
          autoComplete="tel-national"
          value={draft.number}
          onChange={take}
          hint={message('web.account.security-info.number.hint')}
          isRequired
          isLtr
          autoFocus
        />
        {channel && <Channels value={channel} onChange={draft.setChannel} {...{ channels, countries, country }} />}
        <div className="dialog-buttons">
          <Button kind="quiet" onPress={onClose}>
            {message('web.kit.dialog.cancel')}
          </Button>
          <SubmitButton>{message('web.kit.wizard.next')}</SubmitButton>
        </div>
        {kind === 'phone' && (
          <p className="soft small">
            {message('web.account.security-info.know.access', { organisation: `\u2068${setting().organisation}\u2069` })}
          </p>
        )}
      </Form>
    </>
  )
}

interface ChannelsProps extends Pick<NumberFormProps, 'channels' | 'countries'> {
  country: Country | undefined
  value: Channel
  onChange: (channel: string) => void
}

function Channels({ channels, countries, country, value, onChange }: ChannelsProps) {
  return (
    <RadioGroup
      label={message('web.account.security-info.number.how')}
      name="channel"
      value={value}
      onChange={onChange}
      choices={channels.map((one) => choiceOf(one, countries, country))}
    />
  )
}

function useNumber(countries: SecurityInfoBody['countries'], channels: readonly Channel[], draft: NumberDraft) {
  const list = countriesFor(countries, new Set(channels.flatMap((one) => countries[one])))
  const country = list.find(({ id }) => id === draft.country) ?? list.find(({ id }) => id === countries.default) ?? list[0]
  const reaching = channels.filter((one) => country && countries[one].includes(country.id))
  const channel = reaching.find((one) => one === draft.channel) ?? reaching[0] ?? channels[0]
  const take = (typed: string) => {
    const split = splitNumber(typed, countries, country?.id)
    if (split && list.some(({ id }) => id === split.country)) draft.setCountry(split.country)
    draft.setNumber(split?.rest ?? typed)
  }
  // What is there already comes whole, and so does what a browser fills in.
  useEffect(() => {
    if (/^\s*\+/.test(draft.number) && splitNumber(draft.number, countries, country?.id)) take(draft.number)
  })
  return { list, country, channel, take }
}

function choiceOf(channel: Channel, countries: SecurityInfoBody['countries'], country: Country | undefined) {
  const isReached = !country || countries[channel].includes(country.id)
  return {
    value: channel,
    label: message(channelWords[channel]),
    isDisabled: !isReached,
    ...(!isReached && { note: message('web.account.security-info.number.not-there') }),
  }
}

function withCountry(number: string, country: Country | undefined): string {
  return !country || /^\s*(?:\+|00)/.test(number) ? number : `+${country.callingCode} ${number}`
}
