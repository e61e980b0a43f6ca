import { X } from 'lucide-react'
import { Button } from '../../../kit/button.tsx'
import { ComboBox } from '../../../kit/combo-box.tsx'
import { message } from '../../../kit/words/message.ts'
import { byName, countryName } from './country-names.ts'

interface CountryPickerProps {
  name: string
  all: readonly string[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

/** Countries by name: typed to be added, pressed to be taken away. */
export function CountryPicker({ name, all, chosen, onChange }: CountryPickerProps) {
  const left = byName(all.filter((country) => !chosen.includes(country)))
  return (
    <div className="settings-group">
      <ComboBox
        // What was chosen goes to the list, and the field is there for the next one.
        key={chosen.length}
        label={message('web.admin.settings.countries.add')}
        name={name}
        options={left.map((country) => ({ value: country, text: countryName(country) }))}
        value={undefined}
        onChange={(country) => onChange([...chosen, country].sort())}
      />
      <ul className="country-list" aria-label={message('web.admin.settings.countries.chosen')}>
        {byName(chosen).map((country) => (
          <li key={country}>
            {countryName(country)}
            <Button
              kind="plain"
              aria-label={message('web.admin.settings.countries.remove', { country: countryName(country) })}
              icon={<X className="icon" aria-hidden="true" />}
              onPress={() => onChange(chosen.filter((one) => one !== country))}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}
