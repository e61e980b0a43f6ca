import { type RefCallback, useLayoutEffect, useState } from 'react'

const usualWidth = 640

/** How wide the place for a picture is, so that its texts keep their size on a phone. */
export function useWidth(): [ref: RefCallback<HTMLDivElement>, width: number] {
  const [place, setPlace] = useState<HTMLDivElement | null>(null)
  const [width, setWidth] = useState(usualWidth)
  useLayoutEffect(() => {
    if (!place) return
    setWidth(place.clientWidth)
    const observer = new ResizeObserver(() => setWidth(place.clientWidth))
    observer.observe(place)
    return () => observer.disconnect()
  }, [place])
  return [setPlace, width]
}
