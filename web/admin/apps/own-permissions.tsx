import { ShieldCheck } from 'lucide-react'
import type { AppRoleAssignmentBody } from '#contract/graph/permission-grants.ts'
import type { ServicePrincipalBody } from '#contract/graph/service-principals.ts'
import { api } from '../../kit/api/api.ts'
import type { ListBody } from '../../kit/api/use-pages.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Button } from '../../kit/button.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { later } from '../../kit/later.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { useDialogAddress } from '../../kit/routing/address.ts'
import { Row, Rows } from '../../kit/rows.tsx'
import { message } from '../../kit/words/message.ts'
import { WithdrawDialog } from './withdraw-dialog.tsx'

const PermissionsDialog = later(() => import('./permissions-dialog.tsx'))

interface OwnPermissionsProps {
  principal: ServicePrincipalBody
  /** The API. */
  resource: ServicePrincipalBody
}

/** What an app may do in its own name, with nobody signed in. */
export function OwnPermissions({ principal, resource }: OwnPermissionsProps) {
  const [giving, openGive, closeGive] = useDialogAddress('permit')
  const [taking, openTake, closeTake] = useDialogAddress('take')
  const path = `/v1.0/servicePrincipals/${principal.id}/appRoleAssignments` as const
  const roles = useResource<ListBody<AppRoleAssignmentBody>>(path)
  const held = new Set(roles.data?.value.map(({ appRoleId }) => appRoleId))
  const give = async (ids: readonly string[]) => {
    for (const appRoleId of ids) await api.post(path, { principalId: principal.id, resourceId: resource.id, appRoleId })
  }
  return (
    <section className="stack" aria-labelledby="permissions">
      <h2 id="permissions">{message('web.admin.apps.permission.own')}</h2>
      <p className="soft">{message('web.admin.apps.permission.own-told')}</p>
      <ResourceView of={roles}>
        {({ value }) =>
          value.length === 0 ? (
            <EmptyState title={message('web.admin.apps.permission.none')} />
          ) : (
            <Rows label={message('web.admin.apps.permission.own')}>
              {value.map(({ id, appRoleId }) => (
                <Row
                  key={id}
                  title={resource.appRoles.find((role) => role.id === appRoleId)?.value ?? appRoleId}
                  icon={<ShieldCheck className="icon" aria-hidden="true" />}
                  actions={
                    <Button kind="plain" onPress={() => openTake(id)}>
                      {message('web.admin.apps.permission.withdraw')}
                    </Button>
                  }
                />
              ))}
            </Rows>
          )
        }
      </ResourceView>
      <div className="row">
        <Button onPress={() => openGive('roles')}>{message('web.admin.apps.permission.permit')}</Button>
      </div>
      {giving !== undefined && (
        <PermissionsDialog
          title={message('web.admin.apps.permission.permit')}
          offered={resource.appRoles.filter(({ id }) => !held.has(id)).map(({ id, value }) => ({ value: id, label: value }))}
          give={give}
          onClose={closeGive}
        />
      )}
      {taking !== undefined && <WithdrawDialog path={`${path}/${taking}`} onClose={closeTake} />}
    </section>
  )
}
