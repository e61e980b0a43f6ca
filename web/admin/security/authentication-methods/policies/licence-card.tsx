import { useState } from 'react'
import type { licenceModes } from '#contract/graph/method-licensing.ts'
import { api } from '../../../../kit/api/api.ts'
import { ApiError } from '../../../../kit/api/api-error.ts'
import { useResource } from '../../../../kit/api/use-resource.ts'
import { Button } from '../../../../kit/button.tsx'
import { Card } from '../../../../kit/card.tsx'
import { Dialog } from '../../../../kit/dialog.tsx'
import { ErrorBanner } from '../../../../kit/error-banner.tsx'
import { RadioGroup } from '../../../../kit/radio-group.tsx'
import { ResourceView } from '../../../../kit/resource-view.tsx'
import { Skeleton } from '../../../../kit/skeleton.tsx'
import { showToast } from '../../../../kit/toasts.tsx'
import { type MessageKey, message } from '../../../../kit/words/message.ts'
import { Effects, LicenceNumbers } from './effects.tsx'
import { usePreview } from './use-preview.ts'

type Mode = (typeof licenceModes)[number]

interface Licensing {
  mode: Mode
  inScope: number
  licensed: number
  short: number
}

const modes = {
  off: { label: 'web.admin.policies.licence.mode.off.label', told: 'web.admin.policies.licence.mode.off.told' },
  warn: { label: 'web.admin.policies.licence.mode.warn.label', told: 'web.admin.policies.licence.mode.warn.told' },
  enforce: { label: 'web.admin.policies.licence.mode.enforce.label', told: 'web.admin.policies.licence.mode.enforce.told' },
} as const satisfies Record<Mode, Record<'label' | 'told', MessageKey>>
const inOrder = ['off', 'warn', 'enforce'] as const

/** Everybody in the policy needs a licence, used or not: how many have one, and what it means to have none. */
export function LicenceCard() {
  const licensing = useResource<Licensing>('/sesam/v1/methodPolicies/sms/licensing')
  const [isOpen, setOpen] = useState(false)
  return (
    <Card title={message('web.admin.policies.licence.title')} note={message('web.admin.policies.licence.note')}>
      <ResourceView of={licensing}>
        {(data) => (
          <>
            <LicenceNumbers preview={{ ...data, isScopeExact: true }} />
            <p>{message(modes[data.mode].told)}</p>
            <div className="row">
              <Button kind="quiet" onPress={() => setOpen(true)}>
                {message('web.admin.policies.licence.change')}
              </Button>
            </div>
            {isOpen && <LicenceDialog before={data.mode} onClose={() => setOpen(false)} />}
          </>
        )}
      </ResourceView>
    </Card>
  )
}

function LicenceDialog({ before, onClose }: { before: Mode; onClose: () => void }) {
  const [mode, setMode] = useState<Mode>(before)
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<ApiError>()
  const save = async () => {
    setBusy(true)
    try {
      await api.patch('/sesam/v1/methodPolicies/sms/licensing', { mode })
      showToast(message('web.admin.policies.saved.title'))
      onClose()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setRefused(error)
      setBusy(false)
    }
  }
  return (
    <Dialog title={message('web.admin.policies.licence.title')} onClose={onClose}>
      <div className="stack">
        {refused && <ErrorBanner error={refused} />}
        <RadioGroup
          label={message('web.admin.policies.licence.question')}
          name="mode"
          value={mode}
          onChange={setMode}
          choices={inOrder.map((value) => ({
            value,
            label: message(modes[value].label),
            note: message(modes[value].told),
          }))}
        />
        {mode !== before && <ModeEffects mode={mode} />}
      </div>
      <div className="dialog-buttons">
        <Button kind="quiet" onPress={onClose}>
          {message('web.kit.dialog.cancel')}
        </Button>
        <Button isBusy={isBusy} isDisabled={mode === before} onPress={() => void save()}>
          {message('web.admin.policies.save')}
        </Button>
      </div>
    </Dialog>
  )
}

function ModeEffects({ mode }: { mode: Mode }) {
  const { preview, failure } = usePreview('/sesam/v1/methodPolicies/sms/licensing/preview', { mode })
  if (failure) return <ErrorBanner error={failure} />
  return preview ? <Effects preview={preview} /> : <Skeleton lines={2} />
}
