import type { CauseBody, RemedyBody } from '#contract/graph/person-methods.ts'
import { api } from '../../../../kit/api/api.ts'
import { Banner } from '../../../../kit/banner.tsx'
import { Button } from '../../../../kit/button.tsx'
import { LinkButton } from '../../../../kit/link.tsx'
import { setting } from '../../../../kit/setting.ts'
import { showToast } from '../../../../kit/toasts.tsx'
import { type MessageKey, message } from '../../../../kit/words/message.ts'
import { personAddress } from '../person-page.tsx'

interface CauseBannerProps {
  cause: CauseBody
  personId: string
  /** Where there is a number that could be replaced or confirmed. */
  onReplace?: () => void
  onConfirm?: () => void
}

const titles = {
  smsSignInDisabled: 'web.admin.users.person.methods.cause.sms-sign-in-disabled',
  notAllowedByPolicy: 'web.admin.users.person.methods.cause.not-allowed',
  invalidPhoneNumber: 'web.admin.users.person.methods.cause.invalid',
  phoneNumberNotUnique: 'web.admin.users.person.methods.cause.not-unique',
  voiceNumberConflict: 'web.admin.users.person.methods.cause.voice',
  countryNotAllowed: 'web.admin.users.person.methods.cause.country',
  numberQuiet: 'web.admin.users.person.methods.cause.quiet',
  notSupported: 'web.admin.users.person.methods.cause.not-supported',
} as const satisfies Record<CauseBody['code'], MessageKey>

/** S20-S24: why a number is not what its person signs in with, and what helps: as a button for whoever may, else whom to ask. */
export function CauseBanner({ cause, ...doing }: CauseBannerProps) {
  const able = cause.remedies.filter(({ may }) => may)
  const others = [...new Set(cause.remedies.flatMap(({ may, because }) => (may ? [] : (because?.message ?? []))))]
  return (
    <Banner
      title={message(titles[cause.code])}
      actions={
        able.length > 0 &&
        able.map((remedy) => <Remedy key={`${remedy.act} ${remedy.group?.id ?? remedy.person?.id}`} {...{ remedy, ...doing }} />)
      }
    >
      <p>{cause.message}</p>
      {able.length === 0 && others.map((words) => <p key={words}>{words}</p>)}
    </Banner>
  )
}

const policyAddress = '/admin/security/authentication-methods/policies/sms'

function Remedy({ remedy, personId, onReplace, onConfirm }: Omit<CauseBannerProps, 'cause'> & { remedy: RemedyBody }) {
  const { act, group, person } = remedy
  switch (act) {
    case 'turnOnPolicy':
      return <LinkButton to={policyAddress}>{message('web.admin.users.person.methods.remedy.turn-on-policy')}</LinkButton>
    case 'changePolicy':
      return <LinkButton to={policyAddress}>{message('web.admin.users.person.methods.remedy.change-policy')}</LinkButton>
    case 'changeCountries':
      return <LinkButton to="/admin/settings">{message('web.admin.users.person.methods.remedy.change-countries')}</LinkButton>
    case 'assignLicence':
      return (
        <LinkButton to={personAddress(personId, 'licences')}>{message('web.admin.users.person.methods.remedy.assign-licence')}</LinkButton>
      )
    case 'openHolder':
      return (
        person && (
          <LinkButton to={personAddress(person.id, 'authentication-methods')}>
            {message('web.admin.users.person.methods.remedy.open-holder', { name: person.displayName })}
          </LinkButton>
        )
      )
    case 'addToGroup':
      return group && <AddToGroup {...{ group, personId }} />
    case 'replaceNumber':
      return (
        onReplace && (
          <Button kind="quiet" onPress={onReplace}>
            {message('web.admin.users.person.methods.remedy.replace')}
          </Button>
        )
      )
    case 'confirmNumber':
      return (
        onConfirm && (
          <Button kind="quiet" onPress={onConfirm}>
            {message('web.admin.users.person.methods.remedy.confirm')}
          </Button>
        )
      )
  }
}

function AddToGroup({ group, personId }: { group: { id: string; displayName: string }; personId: string }) {
  const add = async () => {
    await api.post(`/v1.0/groups/${group.id}/members/$ref`, { '@odata.id': `${setting().publicUrl}/v1.0/directoryObjects/${personId}` })
    showToast(message('web.admin.users.person.methods.remedy.added', { group: group.displayName }))
  }
  return (
    <Button kind="quiet" onPress={() => void add()}>
      {message('web.admin.users.person.methods.remedy.add-to-group', { group: group.displayName })}
    </Button>
  )
}
