import type { MailGatewayBody } from '#contract/graph/gateways.ts'
import { useResource } from '../../../kit/api/use-resource.ts'
import { ResourceView } from '../../../kit/resource-view.tsx'
import { GatewayState } from '../gateway-state.tsx'
import { RemoveGateway } from '../remove-gateway.tsx'
import { SettingsPage } from '../settings-page.tsx'
import { MailGatewayForm } from './mail-gateway-form.tsx'

export default function MailPage() {
  const resource = useResource<MailGatewayBody>('/sesam/v1/gateways/mail')
  return (
    <SettingsPage section="mail">
      <ResourceView of={resource}>
        {(gateway) => (
          <>
            <GatewayState gateway={gateway} />
            <MailGatewayForm key={gateway.changedDateTime} gateway={gateway} />
            {gateway.settings && <RemoveGateway channel="mail" />}
          </>
        )}
      </ResourceView>
    </SettingsPage>
  )
}
