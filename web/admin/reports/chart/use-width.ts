import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

const usualWidth = 640

/** How wide the place for a picture is, so that its texts keep their size on a phone. */
export function useWidth(): [ref: RefObject<HTMLDivElement | null>, width: number] {
  const ref = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(usualWidth)
  useLayoutEffect(() => {
    const place = ref.current
    if (!place) return
    setWidth(place.clientWidth)
    const observer = new ResizeObserver(() => setWidth(place.clientWidth))
    observer.observe(place)
    return () => observer.disconnect()
  }, [])
  return [ref, width]
}
