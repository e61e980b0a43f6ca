import { useEffect } from 'react'
import { forgetDraft } from '../../../../kit/draft-store.ts'
import { session } from '../../../../kit/session/session.ts'
import { useDraft } from '../../../../kit/use-draft.ts'
import { useUnsaved } from '../../../../kit/use-unsaved.ts'
import { type Configuration, type Draft, draftOf, isChanged } from './configuration.ts'

/** What was changed on the page and is not saved: it outlives a reload and a new proof, and is given up by going elsewhere. */
export function usePolicyDraft(configuration: Configuration) {
  const key = `policy.${configuration.id}`
  const [kept, keep, forget] = useDraft(key, '')
  const draft: Draft = kept === '' ? draftOf(configuration) : JSON.parse(kept)
  const changed = isChanged(configuration, draft)
  useUnsaved(changed)
  useEffect(() => () => forgetDraft(session.person.id, key), [key])
  return { draft, changed, set: (change: Partial<Draft>) => keep(JSON.stringify({ ...draft, ...change })), forget }
}
