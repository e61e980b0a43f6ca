import { useState } from 'react'
import { useUnsaved } from '../../kit/use-unsaved.ts'

/** How one value of a form is typed. */
export type SetValue<Values> = <Name extends keyof Values>(name: Name) => (value: Values[Name]) => void

/** What a form of settings holds: as it is saved, as it is typed, and which of it differs. Whoever goes away in between is asked first. */
export function useSettings<Values extends object>(saved: Values) {
  const [typed, setTyped] = useState<Partial<Values>>({})
  const values = { ...saved, ...typed }
  const changes = changesBetween(saved, values)
  const isChanged = Object.keys(changes).length > 0
  useUnsaved(isChanged)
  return {
    values,
    /** Only what is not as it is saved: what a PATCH carries. */
    changes,
    isChanged,
    set:
      <Name extends keyof Values>(name: Name) =>
      (value: Values[Name]) =>
        setTyped((before) => ({ ...before, [name]: value })),
    setAll: (more: Partial<Values>) => setTyped((before) => ({ ...before, ...more })),
    /** After it was saved, or given up. */
    forget: () => setTyped({}),
  }
}

function changesBetween<Values extends object>(saved: Values, values: Values): Partial<Values> {
  const before = new Map(Object.entries(saved))
  const changed = Object.entries(values).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before.get(name)))
  // Some of the entries of an object are some of that object.
  return Object.fromEntries(changed) as Partial<Values>
}
