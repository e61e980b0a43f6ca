import { useEffect } from 'react'
import { keepHere } from './routing/leaving.ts'

/** While something is changed and not saved, whoever goes away is asked first, also by closing the page. */
export function useUnsaved(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return
    const askBrowser = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', askBrowser)
    const release = keepHere()
    return () => {
      removeEventListener('beforeunload', askBrowser)
      release()
    }
  }, [isChanged])
}
