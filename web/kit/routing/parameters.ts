import { createContext, useContext } from 'react'

export const ParametersContext = createContext<Readonly<Record<string, string>>>({})

/** What stands in the address where the page's path says `:name`. */
export function useParameter(name: string): string {
  return useContext(ParametersContext)[name] ?? ''
}
