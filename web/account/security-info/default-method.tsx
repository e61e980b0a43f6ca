import { MessageSquareText, Phone, PhoneCall } from 'lucide-react'
import type { SecurityInfoBody } from '#contract/graph/security-info.ts'
import { Button } from '../../kit/button.tsx'
import { message } from '../../kit/words/message.ts'
import { goTo } from './address.ts'
import { stepText } from './kinds.ts'

/** S51: what a second step and a new password begin with. */
export function DefaultMethod({ info: { defaultMethod } }: { info: SecurityInfoBody }) {
  const { effective, canChange } = defaultMethod
  const Icon = effective ? (effective.channel === 'voice' ? PhoneCall : MessageSquareText) : Phone
  return (
    <section className="rows default-method" aria-labelledby="default-method">
      <div className="rows-one">
        <span className="row-icon">
          <Icon className="icon" aria-hidden="true" />
        </span>
        <div className="row-main">
          <h2 id="default-method">{message('web.account.security-info.default.title')}</h2>
          <p className="default-value">{effective ? stepText(effective) : message('web.account.security-info.default.none')}</p>
          <p className="soft small">
            {message(effective ? 'web.account.security-info.default.told' : 'web.account.security-info.default.none-told')}
          </p>
        </div>
        {canChange && (
          <div className="row-actions">
            <Button
              kind="plain"
              aria-label={message('web.account.security-info.default.change-label')}
              onPress={() => goTo({ name: 'default' })}
            >
              {message('web.account.security-info.change')}
            </Button>
          </div>
        )}
      </div>
    </section>
  )
}
