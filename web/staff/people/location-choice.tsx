import type { StaffLocationBody } from '#contract/graph/staff.ts'
import { Select } from '../../kit/select.tsx'
import { message } from '../../kit/words/message.ts'

interface LocationChoiceProps {
  all: readonly StaffLocationBody[]
  chosen: string
  onChoose: (id: string) => void
}

export function LocationChoice({ all, chosen, onChoose }: LocationChoiceProps) {
  const options = all.map(({ id, displayName }) => ({ value: id, text: displayName ?? message('web.staff.people.everybody') }))
  return <Select label={message('web.staff.people.location')} name="location" options={options} value={chosen} onChange={onChoose} />
}
