import { ShieldCheck } from 'lucide-react'
import type { PermissionGrantBody } from '#contract/graph/permission-grants.ts'
import type { ServicePrincipalBody } from '#contract/graph/service-principals.ts'
import { api } from '../../kit/api/api.ts'
import { listPath, quoted } from '../../kit/api/list-path.ts'
import type { ListBody } from '../../kit/api/use-pages.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Button } from '../../kit/button.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { later } from '../../kit/later.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { useDialogAddress } from '../../kit/routing/address.ts'
import { Row, Rows } from '../../kit/rows.tsx'
import { message } from '../../kit/words/message.ts'
import { ObjectName } from '../object-name.tsx'
import { WithdrawDialog } from './withdraw-dialog.tsx'

const PermissionsDialog = later(() => import('./permissions-dialog.tsx'))

const grants = '/v1.0/oauth2PermissionGrants'

interface AppConsentsProps {
  principal: ServicePrincipalBody
  /** The API. */
  resource: ServicePrincipalBody
}

/** What an app may do in the names of people who sign in to it. */
export function AppConsents({ principal, resource }: AppConsentsProps) {
  const [giving, openGive, closeGive] = useDialogAddress('consent')
  const [taking, openTake, closeTake] = useDialogAddress('withdraw')
  const consents = useResource<ListBody<PermissionGrantBody>>(listPath(grants, { filter: `clientId eq ${quoted(principal.id)}` }))
  const forAll = consents.data?.value.find(({ consentType }) => consentType === 'AllPrincipals')
  const give = async (scopes: readonly string[]) => {
    const scope = [...new Set([...(forAll?.scope.split(' ') ?? []), ...scopes])].filter(Boolean).join(' ')
    if (forAll) await api.patch(`${grants}/${forAll.id}`, { scope })
    else await api.post(grants, { clientId: principal.id, consentType: 'AllPrincipals', resourceId: resource.id, scope })
  }
  return (
    <section className="stack" aria-labelledby="consents">
      <h2 id="consents">{message('web.admin.apps.permission.delegated')}</h2>
      <p className="soft">{message('web.admin.apps.permission.delegated-told')}</p>
      <ResourceView of={consents}>
        {({ value }) =>
          value.length === 0 ? (
            <EmptyState title={message('web.admin.apps.permission.none')} />
          ) : (
            <Rows label={message('web.admin.apps.permission.delegated')}>
              {value.map(({ id, scope, principalId }) => (
                <Row
                  key={id}
                  title={principalId ? <ObjectName id={principalId} /> : message('web.admin.apps.permission.everybody')}
                  icon={<ShieldCheck className="icon" aria-hidden="true" />}
                  actions={
                    <Button kind="plain" onPress={() => openTake(id)}>
                      {message('web.admin.apps.permission.withdraw')}
                    </Button>
                  }
                >
                  <code>{scope}</code>
                </Row>
              ))}
            </Rows>
          )
        }
      </ResourceView>
      <div className="row">
        <Button onPress={() => openGive('scopes')}>{message('web.admin.apps.permission.consent')}</Button>
      </div>
      {giving !== undefined && (
        <PermissionsDialog
          title={message('web.admin.apps.permission.consent')}
          offered={resource.oauth2PermissionScopes.map((one) => ({
            value: one.value,
            label: one.value,
          }))}
          give={give}
          onClose={closeGive}
        />
      )}
      {taking !== undefined && <WithdrawDialog path={`${grants}/${taking}`} onClose={closeTake} />}
    </section>
  )
}
