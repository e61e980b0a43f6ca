import { useState } from 'react'
import type { StaffPersonBody } from '#contract/graph/staff.ts'
import { api } from '../../kit/api/api.ts'
import { ApiError } from '../../kit/api/api-error.ts'
import { forgetResources } from '../../kit/api/resources.ts'
import { wordsOf } from '../../kit/api/words-of.ts'
import { Button } from '../../kit/button.tsx'
import { CopyOnce } from '../../kit/copy-once.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { countMessage, message } from '../../kit/words/message.ts'
import { pathOfPerson } from '../resources.ts'

interface Result {
  person: StaffPersonBody
  password?: string
  failure?: ApiError
}

/** One after another, each with its own outcome: what was done for the first is not lost because the third could not be helped. */
export default function SeveralPasswords({ people, onClose: close }: { people: readonly StaffPersonBody[]; onClose: () => void }) {
  const [results, setResults] = useState<readonly Result[]>([])
  const [isBusy, setBusy] = useState(false)
  const resetAll = async () => {
    setBusy(true)
    for (const person of people) {
      const result = await resetOne(person)
      setResults((before) => [...before, result])
    }
    setBusy(false)
  }
  const onClose = () => {
    // A password that nobody saw would be lost.
    if (isBusy) return
    forgetResources()
    close()
  }
  const isDone = results.length === people.length
  return (
    <Dialog title={countMessage('web.staff.people.several.title', people.length)} onClose={onClose}>
      <div className="stack">
        {results.length === 0 ? (
          <>
            <p>{message('web.staff.password.told-before')}</p>
            <ul>
              {people.map(({ id, displayName }) => (
                <li key={id}>{displayName}</li>
              ))}
            </ul>
          </>
        ) : (
          <div className="stack" aria-live="polite">
            {results.map(({ person, password, failure }) => (
              <div key={person.id}>
                {password && <CopyOnce label={message('web.staff.password.of', { name: person.displayName })} secret={password} />}
                {failure && (
                  <p>
                    <b>{person.displayName}</b>: {wordsOf(failure)}
                  </p>
                )}
              </div>
            ))}
          </div>
        )}
      </div>
      <div className="dialog-buttons">
        {isDone ? (
          <Button onPress={onClose}>{message('web.staff.done')}</Button>
        ) : (
          <Button isBusy={isBusy} onPress={() => void resetAll()}>
            {countMessage('web.staff.people.several.go', people.length)}
          </Button>
        )}
      </div>
    </Dialog>
  )
}

async function resetOne(person: StaffPersonBody): Promise<Result> {
  try {
    // `ask` leaves the list behind the dialog alone until all are done.
    const { newPassword } = await api.ask<{ newPassword: string }>(pathOfPerson(person.id, '/resetPassword'), {})
    return { person, password: newPassword }
  } catch (error) {
    if (error instanceof ApiError) return { person, failure: error }
    throw error
  }
}
