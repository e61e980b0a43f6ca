/** Going away from a page that has something unsaved. The page holds; the shell asks. */

type Go = () => void

let holds = 0
let waiting: Go | undefined
const listeners = new Set<() => void>()

/** Until it is released, whoever wants to go away is asked first. */
export function keepHere(): () => void {
  holds++
  return () => {
    holds--
  }
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
