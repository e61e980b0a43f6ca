import { X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { Button } from 'react-aria-components/Button'
import { message } from './words/message.ts'
import './toasts.css'

interface Toast {
  id: number
  text: string
}

const shownMs = 7_000
const shownMax = 3

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

/** Says that something was done, to eyes and to screen readers. Whatever must be read stays on the page instead. */
export function showToast(text: string): void {
  lastId++
  const id = lastId
  put([...toasts, { id, text }].slice(-shownMax))
  setTimeout(() => hide(id), shownMs)
}

/** Once, at the end of the page. It is there before the first toast, since screen readers only hear what changes. */
export function Toasts() {
  const shown = useSyncExternalStore(watch, () => toasts)
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map(({ id, text }) => (
        <div key={id} className="toast">
          <span>{text}</span>
          <Button aria-label={message('web.kit.toasts.close')} onPress={() => hide(id)}>
            <X className="icon" aria-hidden="true" />
          </Button>
        </div>
      ))}
    </div>
  )
}

function hide(id: number): void {
  put(toasts.filter((toast) => toast.id !== id))
}

function put(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

function watch(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
