import { Users, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { ComboBox } from 'react-aria-components/ComboBox'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import { Text } from 'react-aria-components/Text'
import { type Found, useFoundObjects } from './api/found-objects.ts'
import { useFieldError } from './field-errors.ts'
import { message } from './words/message.ts'
import './choice.css'
import './field.css'
import './people-picker.css'

export type { Found } from './api/found-objects.ts'

interface PeoplePickerProps {
  label: string
  /** By which the form knows it; errors of the server name it too. */
  name: string
  kinds?: readonly Found['kind'][]
  chosen: readonly Found[]
  onChange: (chosen: readonly Found[]) => void
  /** One takes the place of the one before. */
  isSingle?: boolean
}

const everything = ['user', 'group'] as const

/** People and groups, found on the server by the beginning of a name. Load it lazily, with the page or dialog it stands in. */
export function PeoplePicker({ label, name, kinds = everything, chosen, onChange, isSingle }: PeoplePickerProps) {
  const { words, props } = useFieldError(name)
  const [typed, setTyped] = useState('')
  const found = useFoundObjects(typed, kinds)
  const left = found.filter(({ id }) => chosen.every((one) => one.id !== id))
  const choose = (key: unknown) => {
    const one = left.find(({ id }) => id === key)
    if (!one) return
    onChange(isSingle ? [one] : [...chosen, one])
    setTyped('')
  }
  return (
    <div className="stack">
      <ComboBox
        {...props}
        className="field"
        items={left}
        inputValue={typed}
        onInputChange={setTyped}
        value={null}
        onChange={choose}
        allowsEmptyCollection={typed.trim() !== ''}
        allowsCustomValue
        menuTrigger="input"
      >
        <Label>{label}</Label>
        <FieldError className="error">{words}</FieldError>
        <Input className="input" />
        <Text slot="description" className="hint">
          {message('web.kit.people-picker.hint')}
        </Text>
        <Popover className="popover">
          {/* It stands at the end of the page, outside of all its landmarks. */}
          <section aria-label={label}>
            <ListBox<Found>
              className="options"
              renderEmptyState={() => <p className="options-none">{message('web.kit.people-picker.none')}</p>}
            >
              {(one) => (
                <ListBoxItem id={one.id} textValue={one.name} className="option">
                  <FoundName found={one} />
                </ListBoxItem>
              )}
            </ListBox>
          </section>
        </Popover>
      </ComboBox>
      <Picked chosen={chosen} onRemove={({ id }) => onChange(chosen.filter((one) => one.id !== id))} />
    </div>
  )
}

function Picked({ chosen, onRemove }: { chosen: readonly Found[]; onRemove: (one: Found) => void }) {
  if (chosen.length === 0) return null
  return (
    <ul className="picked" aria-label={message('web.kit.people-picker.chosen')}>
      {chosen.map((one) => (
        <li key={one.id}>
          <FoundName found={one} />
          <Button
            className="picked-remove"
            aria-label={message('web.kit.people-picker.remove', { name: one.name })}
            onPress={() => onRemove(one)}
          >
            <X className="icon" aria-hidden="true" />
          </Button>
        </li>
      ))}
    </ul>
  )
}

function FoundName({ found }: { found: Found }) {
  return (
    <span className="found">
      {found.kind === 'group' && <Users className="icon" role="img" aria-label={message('web.kit.people-picker.group')} />}
      <span>
        {found.name}
        {found.detail && <span className="soft small found-detail">{found.detail}</span>}
      </span>
    </span>
  )
}
