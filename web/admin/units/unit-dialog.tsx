import { useState } from 'react'
import type { UnitBody } from '#contract/graph/administrative-units.ts'
import { api } from '../../kit/api/api.ts'
import { Dialog } from '../../kit/dialog.tsx'
import { Form, SubmitButton } from '../../kit/form.tsx'
import { RadioGroup } from '../../kit/radio-group.tsx'
import { go } from '../../kit/routing/address.ts'
import { TextField } from '../../kit/text-field.tsx'
import { useUnsaved } from '../../kit/use-unsaved.ts'
import { message } from '../../kit/words/message.ts'

/** A new unit, or one that is changed; whether it is restricted is settled when it is made. */
export default function UnitDialog({ unit, onClose }: { unit?: UnitBody; onClose: () => void }) {
  const [displayName, setDisplayName] = useState(unit?.displayName ?? '')
  const [description, setDescription] = useState(unit?.description ?? '')
  const [restricted, setRestricted] = useState<'no' | 'yes'>('no')
  useUnsaved(unit !== undefined && (displayName !== unit.displayName || description !== (unit.description ?? '')))
  const save = async () => {
    const body = { displayName, description: description || null }
    if (unit) {
      await api.patch(`/v1.0/directory/administrativeUnits/${unit.id}`, body)
      return onClose()
    }
    const made = await api.post<UnitBody>('/v1.0/directory/administrativeUnits', {
      ...body,
      isMemberManagementRestricted: restricted === 'yes',
    })
    go(`/admin/units/${made.id}`)
  }
  return (
    <Dialog title={message(unit ? 'web.admin.change' : 'web.admin.units.new.title')} onClose={onClose}>
      <Form onSubmit={save}>
        <TextField
          label={message('web.admin.units.name')}
          name="displayName"
          value={displayName}
          onChange={setDisplayName}
          isRequired
          autoFocus
        />
        <TextField label={message('web.admin.units.description')} name="description" value={description} onChange={setDescription} />
        {!unit && (
          <RadioGroup
            label={message('web.admin.units.new.restricted')}
            name="isMemberManagementRestricted"
            choices={[
              { value: 'no', label: message('web.admin.units.new.restricted-no') },
              {
                value: 'yes',
                label: message('web.admin.units.new.restricted-yes'),
                note: message('web.admin.units.new.restricted-told'),
              },
            ]}
            value={restricted}
            onChange={setRestricted}
          />
        )}
        <div className="form-buttons">
          <SubmitButton>{message(unit ? 'web.admin.save' : 'web.admin.units.new.create')}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
