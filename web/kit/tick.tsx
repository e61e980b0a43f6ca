import './tick.css'

interface TickProps {
  label: string
  isTicked: boolean
  onChange: (isTicked: boolean) => void
  /** What is ticked, for who does not see the row it stands in. */
  of?: string
}

/** One thing that is so or not. */
export function Tick({ label, isTicked, onChange, of }: TickProps) {
  return (
    <label className="tick">
      <input type="checkbox" checked={isTicked} onChange={({ target }) => onChange(target.checked)} aria-label={of && `${label}: ${of}`} />
      <span>{label}</span>
    </label>
  )
}
