import { Search, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { SearchField as AriaSearchField } from 'react-aria-components/SearchField'
import { message } from './words/message.ts'
import './search-field.css'

interface SearchFieldProps {
  label: string
  value: string
  /** Called once somebody stops typing for a moment. */
  onChange: (value: string) => void
}

const restMs = 250

/** Searches while somebody types, without asking for every letter. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  // The way back changes what is searched for as well.
  const [last, setLast] = useState(value)
  if (value !== last) {
    setLast(value)
    setTyped(value)
  }
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => {
      setLast(typed)
      onChange(typed)
    }, restMs)
    return () => clearTimeout(timer)
  }, [typed, value, onChange])
  return (
    <AriaSearchField className="search" value={typed} onChange={setTyped} onClear={() => onChange('')} onSubmit={onChange}>
      <Label className="unseen">{label}</Label>
      <Search className="icon" aria-hidden="true" />
      <Input className="search-input" placeholder={label} />
      {typed !== '' && (
        <Button className="search-clear" aria-label={message('web.kit.search.clear')}>
          <X className="icon" aria-hidden="true" />
        </Button>
      )}
    </AriaSearchField>
  )
}
