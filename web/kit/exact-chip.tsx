import { X } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { message } from './words/message.ts'
import './filter-chip.css'

interface ExactChipProps {
  label: string
  value: string
  onRemove: () => void
}

/** A filter for exactly one thing, which a link brought along; it can only be taken off. */
export function ExactChip({ label, value, onRemove }: ExactChipProps) {
  return (
    <span className="chip" data-on>
      <Button className="chip-button" onPress={onRemove}>
        <span className="unseen">{message('web.kit.filter.remove')}</span>
        <span className="chip-label">{label}</span>
        <bdi className="chip-value">{value}</bdi>
        <X className="icon" aria-hidden="true" />
      </Button>
    </span>
  )
}
