import { Check } from 'lucide-react'
import { useState } from 'react'
import type { MethodKind, SecurityInfoBody } from '#contract/graph/security-info.ts'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { Form, SubmitButton } from '../../kit/form.tsx'
import { Select } from '../../kit/select.tsx'
import { message } from '../../kit/words/message.ts'
import { listText } from '../../kit/words/recent.ts'
import { goTo, leaveStep } from './address.ts'
import { kinds } from './kinds.ts'

/** S34: exactly what may be added, and of all else why not. */
export function AddDialog({ info: { addable, absent } }: { info: SecurityInfoBody }) {
  const [chosen, setChosen] = useState<MethodKind | undefined>(addable[0]?.kind)
  const add = async () => {
    if (chosen) goTo({ name: 'add', kind: chosen }, true)
  }
  return (
    <Dialog title={message('web.account.security-info.add.title')} onClose={leaveStep}>
      {addable.length === 0 ? (
        <p>{message('web.account.security-info.add.nothing')}</p>
      ) : (
        <Form onSubmit={add}>
          <Select
            label={message('web.account.security-info.add.which')}
            name="kind"
            value={chosen}
            onChange={setChosen}
            options={addable.map(({ kind }) => {
              const { label, icon: Icon } = kinds[kind]
              return { value: kind, text: message(label), icon: <Icon className="icon" aria-hidden="true" /> }
            })}
          />
          {chosen && <p className="soft small">{message(kinds[chosen].note)}</p>}
          <div className="dialog-buttons">
            <Button kind="quiet" onPress={leaveStep}>
              {message('web.kit.dialog.cancel')}
            </Button>
            <SubmitButton>{message('web.account.security-info.add.add')}</SubmitButton>
          </div>
        </Form>
      )}
      {absent.length > 0 && <Absent absent={absent} />}
    </Dialog>
  )
}

/** S54: whoever misses something reads why, and what to do. What they have is no news. */
function Absent({ absent }: Pick<SecurityInfoBody, 'absent'>) {
  const owned = absent.filter(({ because }) => because.code === 'alreadyRegistered').map(({ kind }) => message(kinds[kind].label))
  const missing = absent.filter(({ because }) => because.code !== 'alreadyRegistered')
  return (
    <section className="absent" aria-labelledby="absent">
      <h3 id="absent">{message('web.account.security-info.add.absent')}</h3>
      <ul>
        {missing.map(({ kind, because }) => {
          const { label, icon: Icon } = kinds[kind]
          return (
            <li key={kind}>
              <Icon className="icon" aria-hidden="true" />
              <p>
                <b>{message(label)}</b>
                <span className="soft small">{because.message}</span>
              </p>
            </li>
          )
        })}
        {owned.length > 0 && (
          <li>
            <Check className="icon" aria-hidden="true" />
            <p>
              <b>{listText(owned)}</b>
              <span className="soft small">{message('web.account.security-info.add.owned')}</span>
            </p>
          </li>
        )}
      </ul>
    </section>
  )
}
