import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { ListBody } from '../../../../kit/api/use-pages.ts'
import { useResource } from '../../../../kit/api/use-resource.ts'
import { Button } from '../../../../kit/button.tsx'
import { Card } from '../../../../kit/card.tsx'
import { ConfirmDialog } from '../../../../kit/confirm-dialog.tsx'
import { ResourceView } from '../../../../kit/resource-view.tsx'
import { Row, Rows } from '../../../../kit/rows.tsx'
import { type MessageKey, message } from '../../../../kit/words/message.ts'
import { momentText } from '../../../../kit/words/moments.ts'
import { type ChangeMade, undo } from './changes.ts'

const shownMax = 5

/** What was changed here, by whom, and the way back. `of` is a method, or the policy for all of them. */
export function RecentChanges({ of }: { of: string }) {
  const changes = useResource<ListBody<ChangeMade>>(`/sesam/v1/methodPolicies/${of}/changes`)
  const [shown, setShown] = useState(shownMax)
  return (
    <Card title={message('web.admin.policies.changes.title')} note={message('web.admin.policies.changes.note')}>
      <ResourceView of={changes}>
        {({ value }) =>
          value.length === 0 ? (
            <p className="soft">{message('web.admin.policies.changes.none')}</p>
          ) : (
            <>
              <Rows label={message('web.admin.policies.changes.title')}>
                {value.slice(0, shown).map((change) => (
                  <ChangeRow key={change.id} change={change} />
                ))}
              </Rows>
              {value.length > shown && (
                <Button kind="plain" onPress={() => setShown(value.length)}>
                  {message('web.admin.policies.changes.more')}
                </Button>
              )}
            </>
          )
        }
      </ResourceView>
    </Card>
  )
}

function ChangeRow({ change }: { change: ChangeMade }) {
  const [isAsking, setAsking] = useState(false)
  const { changedBy, activityDateTime, canUndo, because, undoes, modifiedProperties } = change
  const what = modifiedProperties.map(({ displayName }) => propertyText(displayName)).join(', ')
  return (
    <Row
      title={undoes ? message('web.admin.policies.changes.undo-of', { what }) : what}
      actions={
        canUndo && (
          <Button kind="quiet" icon={<Undo2 className="icon" aria-hidden="true" />} onPress={() => setAsking(true)}>
            {message('web.admin.policies.changes.undo')}
          </Button>
        )
      }
      more={!canUndo && because && <p className="soft small">{because.message}</p>}
    >
      {message('web.admin.policies.changes.by', { name: changedBy, moment: momentText(activityDateTime) })}
      {isAsking && (
        <ConfirmDialog
          title={message('web.admin.policies.changes.ask')}
          confirmLabel={message('web.admin.policies.changes.undo')}
          onConfirm={() => undo(change)}
          onClose={() => setAsking(false)}
        >
          <p>{message('web.admin.policies.changes.told', { what, name: changedBy })}</p>
        </ConfirmDialog>
      )}
    </Row>
  )
}

const properties: Readonly<Record<string, MessageKey>> = {
  state: 'web.admin.policies.changes.property.state',
  includeTargets: 'web.admin.policies.changes.property.includeTargets',
  excludeTargets: 'web.admin.policies.changes.property.excludeTargets',
  licenceMode: 'web.admin.policies.changes.property.licenceMode',
  registrationEnforcement: 'web.admin.policies.changes.property.registrationEnforcement',
}

/** An option of one method goes by Graph's name for it, which the audit log says too. */
function propertyText(name: string): string {
  const key = properties[name]
  return key ? message(key) : name
}
