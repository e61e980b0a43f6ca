import { api } from '../../../../../kit/api/api.ts'
import { Button } from '../../../../../kit/button.tsx'
import { Card } from '../../../../../kit/card.tsx'
import { Form, SubmitButton } from '../../../../../kit/form.tsx'
import { RadioGroup } from '../../../../../kit/radio-group.tsx'
import { Select } from '../../../../../kit/select.tsx'
import { Tick } from '../../../../../kit/tick.tsx'
import { showToast } from '../../../../../kit/toasts.tsx'
import { useDraft } from '../../../../../kit/use-draft.ts'
import { useUnsaved } from '../../../../../kit/use-unsaved.ts'
import { countMessage, message } from '../../../../../kit/words/message.ts'
import { bodyOf, type CampaignDraft, campaignOf, isSame, type PolicyBody } from './campaign.ts'
import { CampaignTargets } from './campaign-targets.tsx'

const daysMax = 14

export function CampaignForm({ policy }: { policy: PolicyBody }) {
  const [kept, keep, forget] = useDraft('policy.campaign', '')
  const draft: CampaignDraft = kept === '' ? campaignOf(policy) : JSON.parse(kept)
  const changed = !isSame(draft, campaignOf(policy))
  useUnsaved(changed)
  const change = (part: Partial<CampaignDraft>) => keep(JSON.stringify({ ...draft, ...part }))
  const save = async () => {
    await api.patch('/beta/policies/authenticationMethodsPolicy', bodyOf(draft), draft.etag)
    forget()
    showToast(message('web.admin.policies.saved.title'))
  }
  return (
    <Form onSubmit={save}>
      <Card title={message('web.admin.policies.enable.title')}>
        <RadioGroup
          label={message('web.admin.campaign.state')}
          name="state"
          value={draft.state === 'enabled' ? 'enabled' : 'disabled'}
          onChange={(state) => change({ state })}
          choices={[
            { value: 'enabled', label: message('web.admin.policies.enable.yes') },
            { value: 'disabled', label: message('web.admin.policies.enable.no') },
          ]}
        />
        <Select
          label={message('web.admin.campaign.snooze')}
          name="snoozeDurationInDays"
          value={String(draft.snoozeDurationInDays)}
          onChange={(days) => change({ snoozeDurationInDays: Number(days) })}
          options={Array.from({ length: daysMax + 1 }, (_, days) => ({ value: String(days), text: daysText(days) }))}
        />
        <Tick
          label={message('web.admin.campaign.limit')}
          isTicked={draft.enforceRegistrationAfterAllowedSnoozes}
          onChange={(enforceRegistrationAfterAllowedSnoozes) => change({ enforceRegistrationAfterAllowedSnoozes })}
        />
      </Card>
      <CampaignTargets draft={draft} change={change} />
      <div className="policy-save" data-changed={changed || undefined}>
        <SubmitButton>{message('web.admin.policies.save')}</SubmitButton>
        <Button kind="quiet" isDisabled={!changed} onPress={forget}>
          {message('web.admin.policies.discard')}
        </Button>
        {changed && <span className="soft small">{message('web.admin.policies.unsaved')}</span>}
      </div>
    </Form>
  )
}

function daysText(days: number): string {
  return days === 0 ? message('web.admin.campaign.each-time') : countMessage('web.admin.campaign.days', days)
}
