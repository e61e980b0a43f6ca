import { Card } from '../../../../kit/card.tsx'
import { TextField } from '../../../../kit/text-field.tsx'
import { Tick } from '../../../../kit/tick.tsx'
import { type MessageKey, message } from '../../../../kit/words/message.ts'

interface MethodOptionsProps {
  options: Readonly<Record<string, unknown>>
  onChange: (options: Readonly<Record<string, unknown>>) => void
}

const ticks: Readonly<Record<string, MessageKey>> = {
  isOfficePhoneAllowed: 'web.admin.policies.option.isOfficePhoneAllowed',
  isUsableOnce: 'web.admin.policies.option.isUsableOnce',
}

const numbers: Readonly<Record<string, MessageKey>> = {
  minimumLifetimeInMinutes: 'web.admin.policies.option.minimumLifetimeInMinutes',
  maximumLifetimeInMinutes: 'web.admin.policies.option.maximumLifetimeInMinutes',
  defaultLifetimeInMinutes: 'web.admin.policies.option.defaultLifetimeInMinutes',
  defaultLength: 'web.admin.policies.option.defaultLength',
}

/** What only this method has to decide. */
export function MethodOptions({ options, onChange }: MethodOptionsProps) {
  const set = (name: string, value: unknown) => onChange({ ...options, [name]: value })
  if (Object.keys(options).length === 0) return null
  return (
    <Card title={message('web.admin.policies.option.label')}>
      <div className="policy-options">
        {Object.entries(numbers).map(
          ([name, label]) =>
            name in options && (
              <TextField
                key={name}
                label={message(label)}
                name={name}
                inputMode="numeric"
                isLtr
                value={String(options[name])}
                onChange={(typed) => set(name, numberIn(typed))}
              />
            ),
        )}
      </div>
      {Object.entries(ticks).map(
        ([name, label]) =>
          name in options && (
            <Tick key={name} label={message(label)} isTicked={options[name] === true} onChange={(isTicked) => set(name, isTicked)} />
          ),
      )}
    </Card>
  )
}

/** What is no number goes to the server as it is, which says so in words. */
function numberIn(typed: string): number | string {
  return /^\d+$/.test(typed.trim()) ? Number(typed) : typed
}
