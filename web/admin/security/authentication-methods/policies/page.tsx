import { ShieldCheck } from 'lucide-react'
import type { MethodsPolicySettings } from '#contract/graph/authentication-methods-policy.ts'
import { useResource } from '../../../../kit/api/use-resource.ts'
import { Badge } from '../../../../kit/badge.tsx'
import { Banner } from '../../../../kit/banner.tsx'
import { Card } from '../../../../kit/card.tsx'
import { Disclosure } from '../../../../kit/disclosure.tsx'
import { Link, LinkButton } from '../../../../kit/link.tsx'
import { Page } from '../../../../kit/page.tsx'
import { ResourceView } from '../../../../kit/resource-view.tsx'
import { Row, Rows } from '../../../../kit/rows.tsx'
import { countMessage, message } from '../../../../kit/words/message.ts'
import { type Configuration, everybodyId } from './configuration.ts'
import { type NamedMethod, namedMethods } from './method-names.ts'
import { policiesAddress } from './method-page.tsx'
import './policies.css'

interface PolicyBody extends MethodsPolicySettings {
  authenticationMethodConfigurations: readonly Configuration[]
}

export default function PoliciesPage() {
  const policy = useResource<PolicyBody>('/beta/policies/authenticationMethodsPolicy')
  return (
    <Page title={message('web.admin.policies.title')} lead={message('web.admin.policies.lead')}>
      <ResourceView of={policy}>{(data) => <Policies policy={data} />}</ResourceView>
    </Page>
  )
}

function Policies({ policy }: { policy: PolicyBody }) {
  const configurations = new Map(policy.authenticationMethodConfigurations.map((one) => [one.id, one]))
  const methods = namedMethods().map((method) => ({ method, configuration: configurations.get(method.id) }))
  const { state } = policy.registrationEnforcement.authenticationMethodsRegistrationCampaign
  return (
    <>
      <Rows label={message('web.admin.policies.methods')}>
        {methods
          .filter(({ method }) => method.isBuilt)
          .map(({ method, configuration }) => configuration && <MethodRow key={method.id} method={method} configuration={configuration} />)}
      </Rows>
      <Banner title={message('web.admin.policies.honest.title')}>{message('web.admin.policies.honest.told')}</Banner>
      <Card
        title={message('web.admin.campaign.title')}
        note={message('web.admin.campaign.lead')}
        aside={<StateBadge isOn={state === 'enabled'} />}
        actions={
          <LinkButton kind="quiet" to={`${policiesAddress}/registration-campaign`}>
            {message('web.admin.campaign.open')}
          </LinkButton>
        }
      />
      <Disclosure title={message('web.admin.policies.others')}>
        <Rows label={message('web.admin.policies.others')}>
          {methods
            .filter(({ method }) => !method.isBuilt)
            .map(({ method }) => (
              <Row key={method.id} title={<Link to={`${policiesAddress}/${method.id}`}>{method.name}</Link>}>
                {message('web.admin.policies.not-built')}
              </Row>
            ))}
        </Rows>
      </Disclosure>
    </>
  )
}

function MethodRow({ method, configuration }: { method: NamedMethod; configuration: Configuration }) {
  const isOn = configuration.state === 'enabled'
  return (
    <Row
      icon={<ShieldCheck className="icon" aria-hidden="true" />}
      title={<Link to={`${policiesAddress}/${method.id}`}>{method.name}</Link>}
      badge={
        <>
          <StateBadge isOn={isOn} />
          {isOn && configuration.includeTargets.some(({ isUsableForSignIn }) => isUsableForSignIn) && (
            <Badge tone="accent">{message('web.admin.policies.for-sign-in')}</Badge>
          )}
        </>
      }
    >
      {targetText(configuration)}
    </Row>
  )
}

function StateBadge({ isOn }: { isOn: boolean }) {
  return isOn ? <Badge tone="good">{message('web.admin.policies.on')}</Badge> : <Badge>{message('web.admin.policies.off')}</Badge>
}

function targetText({ includeTargets, excludeTargets }: Configuration): string {
  const isForEverybody = includeTargets.some(({ id }) => id === everybodyId)
  const included = isForEverybody
    ? message('web.admin.policies.everybody')
    : countMessage('web.admin.policies.targets', includeTargets.length)
  if (excludeTargets.length === 0) return included
  return `${included} · ${countMessage('web.admin.policies.exclusions', excludeTargets.length)}`
}
