import { ToggleButton } from 'react-aria-components/ToggleButton'
import { message } from './words/message.ts'
import './live-toggle.css'

interface LiveToggleProps {
  isOn: boolean
  onChange: (isOn: boolean) => void
}

/** What is new appears by itself while this is on. */
export function LiveToggle({ isOn, onChange }: LiveToggleProps) {
  return (
    <ToggleButton className="live" isSelected={isOn} onChange={onChange}>
      <span className="live-dot" aria-hidden="true" />
      {message('web.kit.live.label')}
    </ToggleButton>
  )
}
