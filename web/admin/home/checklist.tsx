import { Check, Circle, PartyPopper } from 'lucide-react'
import type { ChecklistBody, ChecklistStep } from '#contract/graph/checklist.ts'
import { api } from '../../kit/api/api.ts'
import { useResource } from '../../kit/api/use-resource.ts'
import { Banner } from '../../kit/banner.tsx'
import { Button } from '../../kit/button.tsx'
import { Card } from '../../kit/card.tsx'
import { Link } from '../../kit/link.tsx'
import { type MessageKey, message } from '../../kit/words/message.ts'
import { dateText } from '../../kit/words/moments.ts'
import { countText } from '../../kit/words/numbers.ts'
import './checklist.css'

const steps: Readonly<Record<ChecklistStep, { to: string; title: MessageKey; told: MessageKey }>> = {
  gateway: { to: '/admin/settings/sms', title: 'web.admin.checklist.gateway', told: 'web.admin.checklist.gateway-told' },
  policy: {
    to: '/admin/security/authentication-methods/policies/sms',
    title: 'web.admin.checklist.policy',
    told: 'web.admin.checklist.policy-told',
  },
  group: {
    to: '/admin/security/authentication-methods/policies/sms',
    title: 'web.admin.checklist.group',
    told: 'web.admin.checklist.group-told',
  },
  app: { to: '/admin/apps', title: 'web.admin.checklist.app', told: 'web.admin.checklist.app-told' },
  administrator: { to: '/admin/roles', title: 'web.admin.checklist.administrator', told: 'web.admin.checklist.administrator-told' },
  signIn: { to: '/admin/sign-ins', title: 'web.admin.checklist.sign-in', told: 'web.admin.checklist.sign-in-told' },
}

/** What there is to do before people can sign in. It ticks itself; whoever may not see it sees nothing in its place. */
export function Checklist() {
  const { data } = useResource<ChecklistBody>('/sesam/v1/checklist')
  if (!data || data.isHidden) return null
  const done = data.steps.filter(({ isDone }) => isDone).length
  const hide = () => void api.patch('/sesam/v1/checklist', { isHidden: true })
  if (data.isComplete)
    return (
      <Banner tone="good" title={message('web.admin.checklist.complete')} actions={<Hide onPress={hide} />}>
        <p>
          <PartyPopper className="icon" aria-hidden="true" /> {message('web.admin.checklist.complete-told')}
        </p>
      </Banner>
    )
  const next = data.steps.find(({ isDone }) => !isDone)?.id
  return (
    <Card
      title={message('web.admin.checklist.title')}
      note={message('web.admin.checklist.done', { done: countText(done), all: countText(data.steps.length) })}
      actions={<Hide onPress={hide} />}
    >
      <ol className="checklist">
        {data.steps.map((step) => (
          <Step key={step.id} step={step} isNext={step.id === next} />
        ))}
      </ol>
    </Card>
  )
}

function Step({ step: { id, isDone, doneDateTime }, isNext }: { step: ChecklistBody['steps'][number]; isNext: boolean }) {
  const { to, title, told } = steps[id]
  return (
    <li className={isDone ? 'done' : undefined} aria-current={isNext ? 'step' : undefined}>
      {isDone ? <Check className="icon" aria-hidden="true" /> : <Circle className="icon" aria-hidden="true" />}
      <div>
        <Link to={to}>{message(title)}</Link>
        <span className="unseen"> {message(isDone ? 'web.admin.checklist.is-done' : 'web.admin.checklist.is-open')}</span>
        <p className="soft small">
          {isDone && doneDateTime ? message('web.admin.checklist.since', { date: dateText(doneDateTime) }) : message(told)}
        </p>
      </div>
    </li>
  )
}

function Hide({ onPress }: { onPress: () => void }) {
  return (
    <Button kind="plain" onPress={onPress}>
      {message('web.admin.checklist.hide')}
    </Button>
  )
}
