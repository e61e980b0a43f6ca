import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../../kit/button.tsx'
import { Card } from '../../../../kit/card.tsx'
import { later } from '../../../../kit/later.tsx'
import type { Found } from '../../../../kit/people-picker.tsx'
import { RadioGroup } from '../../../../kit/radio-group.tsx'
import { useDialogAddress } from '../../../../kit/routing/address.ts'
import { showToast } from '../../../../kit/toasts.tsx'
import { message } from '../../../../kit/words/message.ts'
import { bodyOf, type Configuration, type Draft, everybodyId, includedIn, newTarget, type Target } from './configuration.ts'
import type { NamedMethod } from './method-names.ts'
import { MethodOptions } from './method-options.tsx'
import { SavedBanner } from './saved-banner.tsx'
import { ExcludedRows, TargetRows } from './target-rows.tsx'
import { usePolicyDraft } from './use-policy-draft.ts'

const AddTargetsDialog = later(() => import('./add-targets-dialog.tsx'))
const ReviewDialog = later(() => import('./review-dialog.tsx'))

interface PolicyFormProps {
  method: NamedMethod
  configuration: Configuration
  onStale: () => void
}

/** A policy as it will be. Nothing of it counts before it is saved, all of it in one go. */
export function PolicyForm({ method, configuration, onStale }: PolicyFormProps) {
  const { draft, changed, set, forget } = usePolicyDraft(configuration)
  const [review, openReview, closeReview] = useDialogAddress('review')
  const [isSaved, setSaved] = useState(false)
  const change = (part: Partial<Draft>) => {
    setSaved(false)
    set(part)
  }
  return (
    <>
      {isSaved && <SavedBanner of={method.id} onUndone={() => setSaved(false)} />}
      <EnableAndTarget method={method} draft={draft} change={change} />
      <Card title={message('web.admin.policies.excluded.label')} note={message('web.admin.policies.excluded.note')}>
        <Exclusions draft={draft} change={change} />
      </Card>
      <MethodOptions options={draft.options} onChange={(options) => change({ options })} />
      <div className="policy-save" data-changed={changed || undefined}>
        <Button isDisabled={!changed} onPress={() => openReview('save')}>
          {message('web.admin.policies.save')}
        </Button>
        <Button kind="quiet" isDisabled={!changed} onPress={forget}>
          {message('web.admin.policies.discard')}
        </Button>
        {changed && <span className="soft small">{message('web.admin.policies.unsaved')}</span>}
      </div>
      {review !== undefined && changed && (
        <ReviewDialog
          method={method}
          body={bodyOf(configuration, draft)}
          etag={draft.etag}
          onClose={closeReview}
          onSaved={() => {
            closeReview()
            forget()
            setSaved(true)
            showToast(message('web.admin.policies.saved.title'))
          }}
          onStale={() => {
            closeReview()
            forget()
            onStale()
          }}
        />
      )}
    </>
  )
}

interface PartProps {
  draft: Draft
  change: (part: Partial<Draft>) => void
}

function EnableAndTarget({ method, draft, change }: PartProps & { method: NamedMethod }) {
  return (
    <Card title={message('web.admin.policies.enable.title')}>
      <RadioGroup
        label={message('web.admin.policies.enable.label')}
        name="state"
        value={draft.isEnabled ? 'yes' : 'no'}
        onChange={(value) => change({ isEnabled: value === 'yes' })}
        choices={[
          { value: 'yes', label: message('web.admin.policies.enable.yes'), isDisabled: !method.isBuilt },
          { value: 'no', label: message('web.admin.policies.enable.no') },
        ]}
      />
      <RadioGroup
        label={message('web.admin.policies.target.question')}
        name="target"
        value={draft.isForEverybody ? 'all' : 'select'}
        onChange={(value) => change({ isForEverybody: value === 'all' })}
        choices={[
          { value: 'all', label: message('web.admin.policies.target.all') },
          { value: 'select', label: message('web.admin.policies.target.select') },
        ]}
      />
      <Included draft={draft} change={change} hasSignIn={draft.everybody.isUsableForSignIn !== undefined} />
    </Card>
  )
}

function Included({ draft, change, hasSignIn }: PartProps & { hasSignIn: boolean }) {
  const [add, openAdd, closeAdd] = useDialogAddress('add')
  const replace = (target: Target) =>
    target.id === everybodyId
      ? change({ everybody: target })
      : change({ included: draft.included.map((one) => (one.id === target.id ? target : one)) })
  return (
    <>
      {draft.isForEverybody && <p className="soft small">{message('web.admin.policies.target.more')}</p>}
      <TargetRows
        targets={includedIn(draft)}
        onChange={replace}
        onRemove={(id) => change({ included: draft.included.filter((one) => one.id !== id) })}
      />
      <div className="row">
        <Button kind="quiet" icon={<UserPlus className="icon" aria-hidden="true" />} onPress={() => openAdd('targets')}>
          {message('web.admin.policies.add.open')}
        </Button>
      </div>
      {add === 'targets' && (
        <AddTargetsDialog
          title={message('web.admin.policies.add.open')}
          onClose={closeAdd}
          onSelect={(chosen) =>
            change({ included: [...draft.included, ...newOnes(draft.included, chosen).map((one) => newTarget(one, hasSignIn))] })
          }
        />
      )}
    </>
  )
}

function Exclusions({ draft, change }: PartProps) {
  const [add, openAdd, closeAdd] = useDialogAddress('add')
  return (
    <>
      <ExcludedRows excluded={draft.excluded} onRemove={(id) => change({ excluded: draft.excluded.filter((one) => one.id !== id) })} />
      <div className="row">
        <Button kind="quiet" icon={<UserPlus className="icon" aria-hidden="true" />} onPress={() => openAdd('excluded')}>
          {message('web.admin.policies.excluded.open')}
        </Button>
      </div>
      {add === 'excluded' && (
        <AddTargetsDialog
          title={message('web.admin.policies.excluded.open')}
          onClose={closeAdd}
          onSelect={(chosen) => change({ excluded: [...draft.excluded, ...newOnes(draft.excluded, chosen)] })}
        />
      )}
    </>
  )
}

function newOnes(there: readonly { id: string }[], chosen: readonly Found[]) {
  return chosen.filter(({ id }) => there.every((one) => one.id !== id)).map(({ id, kind }) => ({ id, targetType: kind }))
}
