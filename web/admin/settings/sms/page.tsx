import type { HttpGatewayBody } from '#contract/graph/gateways.ts'
import { useResource } from '../../../kit/api/use-resource.ts'
import { ResourceView } from '../../../kit/resource-view.tsx'
import { GatewayState } from '../gateway-state.tsx'
import { HttpGatewayForm } from '../http-gateway-form.tsx'
import { RemoveGateway } from '../remove-gateway.tsx'
import { SettingsPage } from '../settings-page.tsx'

export default function SmsPage() {
  const resource = useResource<HttpGatewayBody>('/sesam/v1/gateways/sms')
  return (
    <SettingsPage section="sms">
      <ResourceView of={resource}>
        {(gateway) => (
          <>
            <GatewayState gateway={gateway} />
            <HttpGatewayForm key={gateway.changedDateTime} channel="sms" gateway={gateway} />
            {gateway.settings && <RemoveGateway channel="sms" />}
          </>
        )}
      </ResourceView>
    </SettingsPage>
  )
}
