import { useEffect, useState } from 'react'
import { serverNow } from './session/clock.ts'

const secondMs = 1_000

/** Whole seconds until a moment the server named; 0 when it has come, or there is none. */
export function useCountdown(until: string | undefined): number {
  const [left, setLeft] = useState(() => secondsUntil(until))
  useEffect(() => {
    setLeft(secondsUntil(until))
    const timer = setInterval(() => {
      const next = secondsUntil(until)
      setLeft(next)
      if (next === 0) clearInterval(timer)
    }, secondMs)
    return () => clearInterval(timer)
  }, [until])
  return left
}

function secondsUntil(moment: string | undefined): number {
  return moment === undefined ? 0 : Math.max(0, Math.ceil((Date.parse(moment) - serverNow()) / secondMs))
}
