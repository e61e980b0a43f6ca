import { useState } from 'react'
import type { PersonMethodsBody } from '#contract/graph/person-methods.ts'
import type { PassMethodBody } from '#contract/graph/temporary-access-pass-methods.ts'
import { api } from '../../../../kit/api/api.ts'
import { Button } from '../../../../kit/button.tsx'
import { CopyOnce } from '../../../../kit/copy-once.tsx'
import { Form, SubmitButton } from '../../../../kit/form.tsx'
import { RadioGroup } from '../../../../kit/radio-group.tsx'
import { Select } from '../../../../kit/select.tsx'
import { message } from '../../../../kit/words/message.ts'
import { leaveStep } from './step.ts'

const lives = { usual: null, hour: 60, shift: 480, day: 1_440, week: 10_080 } as const
const uses = { usual: null, once: true, often: false } as const

/** A pass for somebody who has nothing else, or lost it; shown this once. */
export function PassForm({ methods: { id, displayName: name, acts } }: { methods: PersonMethodsBody }) {
  const [life, setLife] = useState<keyof typeof lives>('usual')
  const [use, setUse] = useState<keyof typeof uses>('usual')
  const [made, setMade] = useState<PassMethodBody>()
  const make = async () => {
    const body = { lifetimeInMinutes: lives[life], isUsableOnce: uses[use] }
    setMade(await api.post<PassMethodBody>(`/v1.0/users/${id}/authentication/temporaryAccessPassMethods`, body))
  }
  if (!acts.issuePass.may) return <p>{acts.issuePass.because?.message}</p>
  if (made) return <MadePass made={made} name={name} />
  return (
    <Form onSubmit={make} fieldOf={{ lifetimeInMinutes: 'life', isUsableOnce: 'use' }}>
      <p className="soft small">{message('web.admin.users.person.methods.pass.told', { name })}</p>
      <Select
        label={message('web.admin.users.person.methods.pass.life')}
        name="life"
        options={[
          { value: 'usual', text: message('web.admin.users.person.methods.pass.usual') },
          { value: 'hour', text: message('web.admin.users.person.methods.pass.hour') },
          { value: 'shift', text: message('web.admin.users.person.methods.pass.shift') },
          { value: 'day', text: message('web.admin.users.person.methods.pass.day') },
          { value: 'week', text: message('web.admin.users.person.methods.pass.week') },
        ]}
        value={life}
        onChange={setLife}
      />
      <RadioGroup
        label={message('web.admin.users.person.methods.pass.use')}
        name="use"
        choices={[
          { value: 'usual', label: message('web.admin.users.person.methods.pass.usual') },
          { value: 'once', label: message('web.admin.users.person.methods.pass.once') },
          { value: 'often', label: message('web.admin.users.person.methods.pass.often') },
        ]}
        value={use}
        onChange={setUse}
      />
      <div className="dialog-buttons">
        <Button kind="quiet" onPress={leaveStep}>
          {message('web.kit.dialog.cancel')}
        </Button>
        <SubmitButton>{message('web.admin.users.person.methods.add.add')}</SubmitButton>
      </div>
    </Form>
  )
}

function MadePass({ made, name }: { made: PassMethodBody; name: string }) {
  return (
    <div className="stack">
      <CopyOnce label={message('web.admin.users.person.methods.pass.label', { name })} secret={made.temporaryAccessPass ?? ''} />
      <p className="small">
        {message(made.isUsableOnce ? 'web.admin.users.person.methods.pass.made-once' : 'web.admin.users.person.methods.pass.made', {
          minutes: String(made.lifetimeInMinutes),
        })}
      </p>
      <div className="dialog-buttons">
        <Button onPress={leaveStep}>{message('web.admin.users.person.done')}</Button>
      </div>
    </div>
  )
}
