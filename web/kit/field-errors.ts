import { createContext, useContext } from 'react'

export type FieldErrors = Readonly<Record<string, string>>

/** Name of a field → what is wrong with it. From the form to its fields, however deep they stand. */
export const FieldErrorsContext = createContext<FieldErrors>({})

/** What React Aria's fields take, and the words for `<FieldError>`. */
export function useFieldError(name: string): { words: string | undefined; props: { isInvalid: boolean; validationBehavior: 'aria' } } {
  const words = useContext(FieldErrorsContext)[name]
  return { words, props: { isInvalid: words !== undefined, validationBehavior: 'aria' } }
}
