import { useState } from 'react'
import type { ApplicationBody } from '#contract/graph/applications.ts'
import type { ServicePrincipalBody } from '#contract/graph/service-principals.ts'
import { api } from '../../kit/api/api.ts'
import { ApiError } from '../../kit/api/api-error.ts'
import { Button } from '../../kit/button.tsx'
import { ErrorBanner } from '../../kit/error-banner.tsx'
import { useDialogAddress } from '../../kit/routing/address.ts'
import { Facts } from '../../kit/rows.tsx'
import { setting } from '../../kit/setting.ts'
import { message } from '../../kit/words/message.ts'
import { momentText } from '../../kit/words/moments.ts'
import { DeleteDialog } from '../delete-dialog.tsx'
import { audienceWords } from './platforms.ts'

interface AppOverviewProps {
  appId: string
  app: ApplicationBody | undefined
  principal: ServicePrincipalBody | undefined
}

/** What a developer needs to know of an app, and whether people here may use it. */
export function AppOverview({ appId, app, principal }: AppOverviewProps) {
  const [deleting, openDelete, closeDelete] = useDialogAddress('delete')
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiError>()
  const act = async (does: () => Promise<unknown>) => {
    setBusy(true)
    setFailure(undefined)
    try {
      await does()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const letIn = () => act(() => api.post('/v1.0/servicePrincipals', { appId }))
  const turn = ({ id, accountEnabled }: ServicePrincipalBody) =>
    act(() => api.patch(`/v1.0/servicePrincipals/${id}`, { accountEnabled: !accountEnabled }))
  return (
    <section className="stack" aria-label={message('web.admin.apps.section.overview')}>
      {failure && <ErrorBanner error={failure} />}
      <Facts facts={factsOf(appId, app, principal)} />
      <div className="row">
        {!principal && (
          <Button isBusy={isBusy} onPress={() => void letIn()}>
            {message('web.admin.apps.let-in-now')}
          </Button>
        )}
        {principal && (
          <Button kind="quiet" isBusy={isBusy} onPress={() => void turn(principal)}>
            {message(principal.accountEnabled ? 'web.admin.apps.turn-off' : 'web.admin.apps.turn-on')}
          </Button>
        )}
        {principal && (
          <Button kind="danger" onPress={() => openDelete('let-in')}>
            {message('web.admin.apps.shut-out.open')}
          </Button>
        )}
        {app && (
          <Button kind="danger" onPress={() => openDelete('app')}>
            {message('web.admin.apps.delete.open')}
          </Button>
        )}
      </div>
      <Deleting deleting={deleting} app={app} principal={principal} onClose={closeDelete} />
    </section>
  )
}

interface DeletingProps extends Pick<AppOverviewProps, 'app' | 'principal'> {
  deleting: string | undefined
  onClose: () => void
}

function Deleting({ deleting, app, principal, onClose }: DeletingProps) {
  return (
    <>
      {deleting === 'app' && app && (
        <DeleteDialog
          title={message('web.admin.delete.title', { name: app.displayName })}
          told={message('web.admin.apps.delete.told')}
          path={`/v1.0/applications/${app.id}`}
          to="/admin/apps"
          onClose={onClose}
        />
      )}
      {deleting === 'let-in' && principal && (
        <DeleteDialog
          title={message('web.admin.apps.shut-out.title', { name: principal.displayName })}
          told={message('web.admin.apps.shut-out.told')}
          path={`/v1.0/servicePrincipals/${principal.id}`}
          to="/admin/apps"
          onClose={onClose}
        />
      )}
    </>
  )
}

function factsOf(appId: string, app: ApplicationBody | undefined, principal: ServicePrincipalBody | undefined) {
  const tenant = setting().tenant ?? ''
  const audience = app?.signInAudience
  return [
    [message('web.admin.apps.client-id'), <code key="appId">{appId}</code>],
    [message('web.admin.apps.tenant-id'), <code key="tenant">{tenant}</code>],
    [
      message('web.admin.apps.discovery'),
      <code key="discovery" className="ltr">{`${setting().publicUrl}/${tenant}/v2.0/.well-known/openid-configuration`}</code>,
    ],
    ...(audience ? [[message('web.admin.apps.audience.label'), message(audienceWords[audience])] as const] : []),
    ...(app ? [[message('web.admin.apps.created'), momentText(app.createdDateTime)] as const] : []),
    ...(principal ? [[message('web.admin.apps.since'), momentText(principal.createdDateTime)] as const] : []),
  ] as const
}
