import { useCallback, useEffect, useRef, useState } from 'react'
import { AgainButton } from '../../kit/again-button.tsx'
import { ApiError } from '../../kit/api/api-error.ts'
import { ErrorBanner } from '../../kit/error-banner.tsx'
import { leftToRight } from '../../kit/words/left-to-right.ts'
import { message } from '../../kit/words/message.ts'
import type { NumberProof } from '../index.ts'
import { CallState, isUnderWay } from './call-state.tsx'
import './prove-number.css'

const lookMs = 1_500

/** Shows the digit to press, and how far the call is, for as long as it lasts. */
export default function ProveNumber({ proof, onLook, onProven, onAgain, others }: NumberProof<'voice'>) {
  const { phoneNumber, digit, state, wrongDigits, canCallAgainDateTime, callsLeft } = proof
  const [failure, setFailure] = useState<ApiError>()
  const isLive = isUnderWay(state)
  useEffect(() => {
    if (!isLive) return
    const timer = setInterval(onLook, lookMs)
    return () => clearInterval(timer)
  }, [isLive, onLook])
  const keep = useKeeping(onProven, setFailure)
  useEffect(() => {
    if (state === 'passed') void keep()
  }, [state, keep])
  const again = async () => {
    setFailure(undefined)
    await onAgain()
  }
  const isFinished = state === 'expired' || callsLeft === 0
  return (
    <>
      {isLive && <p>{message('web.methods.voice.calling', { number: leftToRight(phoneNumber) })}</p>}
      {failure && <ErrorBanner error={failure} onRetry={failure.isPassing ? () => void keep() : undefined} />}
      {isLive && (
        <div className="keys">
          <p>{message('web.methods.voice.press')}</p>
          <p className="keys-row ltr">
            <kbd>{digit}</kbd>
            <kbd>#</kbd>
          </p>
        </div>
      )}
      <CallState state={state} wrongDigits={wrongDigits} />
      <div className="other-ways">
        <div className="row">
          {state !== 'passed' && (
            <AgainButton
              label={message('web.methods.voice.again')}
              from={isFinished ? undefined : canCallAgainDateTime}
              onPress={again}
              onFailure={setFailure}
              isMain={!isLive}
            />
          )}
          {others}
        </div>
      </div>
    </>
  )
}

/** Registers the number once, as soon as the right key was pressed. */
function useKeeping(onProven: () => Promise<void>, onFailure: (error: ApiError | undefined) => void): () => Promise<void> {
  const isKeeping = useRef(false)
  const proven = useRef(onProven)
  proven.current = onProven
  return useCallback(async () => {
    if (isKeeping.current) return
    isKeeping.current = true
    onFailure(undefined)
    try {
      await proven.current()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      onFailure(error)
    } finally {
      isKeeping.current = false
    }
  }, [onFailure])
}
