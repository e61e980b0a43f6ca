import { useState } from 'react'
import { ApiError } from './api/api-error.ts'
import { Button } from './button.tsx'
import { useCountdown } from './use-countdown.ts'
import { message } from './words/message.ts'

interface AgainButtonProps {
  label: string
  /** When it may be pressed; until then it counts down. At once, when nothing is said. */
  from: string | undefined
  onPress: () => Promise<void>
  onFailure: (error: ApiError) => void
  /** Where nothing else is left to do. */
  isMain?: boolean
}

/** For what may be done again after a while, such as sending a code. */
export function AgainButton({ label, from, onPress, onFailure, isMain = false }: AgainButtonProps) {
  const [isBusy, setBusy] = useState(false)
  const left = useCountdown(from)
  const press = async () => {
    setBusy(true)
    try {
      await onPress()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      onFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button kind={isMain ? 'main' : 'quiet'} isDisabled={left > 0} isBusy={isBusy} onPress={() => void press()}>
      <span className="again">{left > 0 ? message('web.kit.again.in', { label, seconds: String(left) }) : label}</span>
    </Button>
  )
}
