import { useEffect, useEffectEvent } from 'react'
import type { ApiPath } from './api/api.ts'
import { load } from './api/resources.ts'

/** Nobody looks at a page for longer than this without touching it. */
const liveMaxMs = 30 * 60_000

interface Live {
  everyMs: number
  isOn: boolean
  onEnd: () => void
}

/**
 * Asks for what stands at these paths again and again, each time some seconds after the answer before. It rests while nobody sees the tab, and
 * ends by itself after half an hour.
 */
export function useLive(paths: readonly ApiPath[], { everyMs, isOn, onEnd }: Live): void {
  const look = useEffectEvent(() => Promise.all(paths.map(load)))
  const end = useEffectEvent(onEnd)
  useEffect(() => {
    if (!isOn) return
    const until = Date.now() + liveMaxMs
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    const next = () => {
      timer = setTimeout(() => void turn(), everyMs)
    }
    const turn = async () => {
      timer = undefined
      if (document.hidden) return
      if (Date.now() > until) return end()
      await look()
      if (!isOver) next()
    }
    const wake = () => {
      if (!document.hidden && timer === undefined) void turn()
    }
    next()
    document.addEventListener('visibilitychange', wake)
    return () => {
      isOver = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', wake)
    }
  }, [everyMs, isOn])
}
