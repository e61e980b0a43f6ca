import { TextField } from '../../../kit/text-field.tsx'
import { message } from '../../../kit/words/message.ts'

interface ColourFieldProps {
  value: string | null
  onChange: (value: string | null) => void
}

/** What stands there while nobody chose: the warm brown that Sesam comes with. */
const usualColour = '#9a4210'

/** A colour by its number, or by pointing at one. */
export function ColourField({ value, onChange }: ColourFieldProps) {
  return (
    <div className="colour-field">
      <TextField
        label={message('web.admin.settings.branding.colour')}
        name="backgroundColor"
        value={value ?? ''}
        onChange={(text) => onChange(text.trim() || null)}
        hint={message('web.admin.settings.branding.colour-hint')}
        maxLength={7}
        isLtr
      />
      <input
        type="color"
        aria-label={message('web.admin.settings.branding.colour-pick')}
        value={value && /^#[0-9a-f]{6}$/i.test(value) ? value : usualColour}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}
