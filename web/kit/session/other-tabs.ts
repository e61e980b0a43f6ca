import { thisApp } from './tokens.ts'

const channel = () => new BroadcastChannel(`sesam signed out of ${thisApp().path}`)

/** The session is over in all of this browser. A tab would go on with its token for as long as that lives, on a shared phone before other eyes. */
export function tellSignedOut(): void {
  channel().postMessage('signed out')
}

export function whenSignedOut(listener: () => void): void {
  channel().onmessage = listener
}
