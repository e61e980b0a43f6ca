import { UserPlus, X } from 'lucide-react'
import { Button } from '../../../../../kit/button.tsx'
import { Card } from '../../../../../kit/card.tsx'
import { later } from '../../../../../kit/later.tsx'
import { RadioGroup } from '../../../../../kit/radio-group.tsx'
import { useDialogAddress } from '../../../../../kit/routing/address.ts'
import { Row, Rows } from '../../../../../kit/rows.tsx'
import { Select } from '../../../../../kit/select.tsx'
import { message } from '../../../../../kit/words/message.ts'
import { type Excluded, everybodyId } from '../configuration.ts'
import { methodCalled } from '../method-names.ts'
import { ExcludedRows } from '../target-rows.tsx'
import { useTargetNames } from '../use-target-names.ts'
import { type CampaignDraft, type CampaignTarget, withNew, without } from './campaign.ts'

const AddTargetsDialog = later(() => import('../add-targets-dialog.tsx'))

/** What people set up by themselves; whether it fits is the server's to say. */
const offered = ['sms', 'voice', 'email'] as const

interface CampaignTargetsProps {
  draft: CampaignDraft
  change: (part: Partial<CampaignDraft>) => void
}

export function CampaignTargets({ draft, change }: CampaignTargetsProps) {
  const [add, openAdd, closeAdd] = useDialogAddress('add')
  const { includeTargets: included, excludeTargets: excluded } = draft
  const isForEverybody = included.some(({ id }) => id === everybodyId)
  const usual = included[0]?.targetedAuthenticationMethod ?? offered[0]
  const aim = (targets: readonly Excluded[]): CampaignTarget[] => targets.map((one) => ({ ...one, targetedAuthenticationMethod: usual }))
  const forWhom = (value: 'all' | 'select') => {
    const others = without(included, everybodyId)
    change({ includeTargets: value === 'all' ? [...aim([{ id: everybodyId, targetType: 'group' }]), ...others] : others })
  }
  return (
    <>
      <Card title={message('web.admin.policies.target.label')}>
        <RadioGroup
          label={message('web.admin.policies.target.question')}
          name="target"
          value={isForEverybody ? 'all' : 'select'}
          onChange={forWhom}
          choices={[
            { value: 'all', label: message('web.admin.policies.target.all') },
            { value: 'select', label: message('web.admin.policies.target.select') },
          ]}
        />
        <IncludedRows included={included} onChange={(includeTargets) => change({ includeTargets })} />
        <AddButton words={message('web.admin.policies.add.open')} onPress={() => openAdd('targets')} />
      </Card>
      <Card title={message('web.admin.policies.excluded.label')} note={message('web.admin.policies.excluded.note')}>
        <ExcludedRows excluded={excluded} onRemove={(id) => change({ excludeTargets: without(excluded, id) })} />
        <AddButton words={message('web.admin.policies.excluded.open')} onPress={() => openAdd('excluded')} />
      </Card>
      {add !== undefined && (
        <AddTargetsDialog
          title={message(add === 'excluded' ? 'web.admin.policies.excluded.open' : 'web.admin.policies.add.open')}
          onClose={closeAdd}
          onSelect={(chosen) => {
            const found = chosen.map(({ id, kind }) => ({ id, targetType: kind }))
            change(add === 'excluded' ? { excludeTargets: withNew(excluded, found) } : { includeTargets: withNew(included, aim(found)) })
          }}
        />
      )}
    </>
  )
}

function AddButton({ words, onPress }: { words: string; onPress: () => void }) {
  return (
    <div className="row">
      <Button kind="quiet" icon={<UserPlus className="icon" aria-hidden="true" />} onPress={onPress}>
        {words}
      </Button>
    </div>
  )
}

interface IncludedRowsProps {
  included: readonly CampaignTarget[]
  onChange: (included: CampaignTarget[]) => void
}

function IncludedRows({ included, onChange }: IncludedRowsProps) {
  const { nameOf, detailOf } = useTargetNames(included.map(({ id }) => id))
  if (included.length === 0) return <p className="soft">{message('web.admin.policies.target.nobody')}</p>
  return (
    <Rows label={message('web.admin.policies.target.label')}>
      {included.map((target) => (
        <Row
          key={target.id}
          title={nameOf(target.id)}
          actions={
            target.id !== everybodyId && (
              <Button
                kind="quiet"
                aria-label={message('web.admin.policies.remove', { name: nameOf(target.id) })}
                icon={<X className="icon" aria-hidden="true" />}
                onPress={() => onChange(without(included, target.id))}
              />
            )
          }
          more={
            <Select
              label={message('web.admin.campaign.method')}
              name={`method-${target.id}`}
              value={target.targetedAuthenticationMethod?.toLowerCase()}
              onChange={(targetedAuthenticationMethod) =>
                onChange(included.map((one) => (one.id === target.id ? { ...one, targetedAuthenticationMethod } : one)))
              }
              options={methodOptions(target)}
            />
          }
        >
          {detailOf(target.id)}
        </Row>
      ))}
    </Rows>
  )
}

function methodOptions({ targetedAuthenticationMethod: chosen }: CampaignTarget) {
  const ids = new Set<string>([...offered, ...(chosen ? [chosen.toLowerCase()] : [])])
  return [...ids].map((value) => ({ value, text: methodCalled(value)?.name ?? value }))
}
