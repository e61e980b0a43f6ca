import { go, guardWayBack } from './address.ts'

/** Going away from a page that has something unsaved. The page holds; the shell asks. */

type Go = () => void

let holds = 0
/** Where the page that holds stands. */
let here = new URL(location.href)
let waiting: Go | undefined
const listeners = new Set<() => void>()

/** Until it is released, whoever wants to go away is asked first. */
export function keepHere(): () => void {
  holds++
  if (holds === 1) {
    here = new URL(location.href)
    guardWayBack(asksBeforeGoingBack)
  }
  return () => {
    holds--
    if (holds === 0) guardWayBack(undefined)
  }
}

/** The browser has gone back before anybody hears of it, so the page's address is put there again until somebody has said so. */
function asksBeforeGoingBack(): boolean {
  const { pathname, search } = location
  // A dialog of the page itself.
  if (pathname === here.pathname) return false
  history.pushState(null, '', here.href)
  setWaiting(() => go(pathname + search))
  return true
}

/** Goes at once, or once somebody has said so. */
export function leave(go: Go): void {
  if (holds === 0) go()
  else setWaiting(go)
}

export function waitingToLeave(): Go | undefined {
  return waiting
}

export function setWaiting(go: Go | undefined): void {
  waiting = go
  for (const listener of listeners) listener()
}

export function watchLeaving(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
