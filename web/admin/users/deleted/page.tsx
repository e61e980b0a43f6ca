import type { UserBody } from '#contract/graph/users.ts'
import { api } from '../../../kit/api/api.ts'
import { beginsWith, listPath } from '../../../kit/api/list-path.ts'
import { Button } from '../../../kit/button.tsx'
import { ConfirmDialog } from '../../../kit/confirm-dialog.tsx'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { Page } from '../../../kit/page.tsx'
import { useDialogAddress, useQueryValue } from '../../../kit/routing/address.ts'
import { SearchField } from '../../../kit/search-field.tsx'
import { showToast } from '../../../kit/toasts.tsx'
import { message } from '../../../kit/words/message.ts'
import { momentText } from '../../../kit/words/moments.ts'
import { UsersSections } from '../users-sections.tsx'

type Deleted = Pick<UserBody, 'id' | 'displayName' | 'userPrincipalName' | 'deletedDateTime'>

const items = '/v1.0/directory/deletedItems'

/** Who was deleted in the last thirty days: they come back as they were, or are erased for good. */
export default function DeletedUsersPage() {
  const [search, setSearch] = useQueryValue('search')
  const [, openRestore] = useDialogAddress('restore')
  const [, openErase] = useDialogAddress('erase')
  return (
    <Page title={message('web.admin.users.deleted.label')} lead={message('web.admin.users.deleted.lead')}>
      <UsersSections />
      <div className="toolbar">
        <SearchField label={message('web.admin.objects.search')} value={search} onChange={setSearch} />
      </div>
      <DataTable<Deleted>
        label={message('web.admin.users.deleted.label')}
        path={listPath(`${items}/microsoft.graph.user`, {
          select: ['id', 'displayName', 'userPrincipalName', 'deletedDateTime'],
          filter: beginsWith(search, 'displayName'),
          orderBy: search === '' ? 'deletedDateTime desc' : undefined,
          top: 50,
        })}
        columns={[
          { name: message('web.admin.users.column.name'), cell: ({ displayName }) => displayName },
          { name: message('web.admin.users.column.user-name'), cell: ({ userPrincipalName }) => userPrincipalName },
          {
            name: message('web.admin.users.deleted.when'),
            cell: ({ deletedDateTime }) => deletedDateTime && momentText(deletedDateTime),
          },
          {
            name: message('web.admin.acts'),
            cell: ({ id, displayName }) => (
              <div className="row">
                <Button
                  kind="plain"
                  aria-label={message('web.admin.users.deleted.restore-one', { name: displayName })}
                  onPress={() => openRestore(id)}
                >
                  {message('web.admin.users.deleted.restore')}
                </Button>
                <Button
                  kind="plain"
                  aria-label={message('web.admin.users.deleted.erase-one', { name: displayName })}
                  onPress={() => openErase(id)}
                >
                  {message('web.admin.users.deleted.erase')}
                </Button>
              </div>
            ),
          },
        ]}
        keyOf={({ id }) => id}
        empty={<EmptyState title={message('web.admin.users.deleted.none')} />}
      />
      <Dialogs />
    </Page>
  )
}

function Dialogs() {
  const [restoring, , closeRestore] = useDialogAddress('restore')
  const [erasing, , closeErase] = useDialogAddress('erase')
  const restore = async (id: string) => {
    await api.post(`${items}/${id}/restore`)
    showToast(message('web.admin.users.deleted.restored'))
  }
  return (
    <>
      {restoring !== undefined && (
        <ConfirmDialog
          title={message('web.admin.users.deleted.restore-title')}
          confirmLabel={message('web.admin.users.deleted.restore')}
          onConfirm={() => restore(restoring)}
          onClose={closeRestore}
        >
          <p>{message('web.admin.users.deleted.restore-told')}</p>
        </ConfirmDialog>
      )}
      {erasing !== undefined && (
        <ConfirmDialog
          title={message('web.admin.users.deleted.erase-title')}
          confirmLabel={message('web.admin.users.deleted.erase')}
          isDangerous
          onConfirm={() => api.delete(`${items}/${erasing}`)}
          onClose={closeErase}
        >
          <p>{message('web.admin.users.deleted.erase-told')}</p>
        </ConfirmDialog>
      )}
    </>
  )
}
