import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { ListBoxItem } from 'react-aria-components/ListBox'

export interface Option<Value extends string = string> {
  value: Value
  /** What is shown and searched. */
  text: string
  note?: ReactNode
  icon?: ReactNode
}

export function OptionItem({ option }: { option: Option }) {
  return (
    <ListBoxItem id={option.value} textValue={option.text} className="option">
      {({ isSelected }) => (
        <>
          {option.icon}
          <span className="option-text">
            {option.text} {option.note && <span className="soft">{option.note}</span>}
          </span>
          {isSelected && <Check className="icon" aria-hidden="true" />}
        </>
      )}
    </ListBoxItem>
  )
}
