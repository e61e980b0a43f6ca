import { thisApp } from '../kit/session/tokens.ts'

/** Where a page of My Account stands: `addressOf('/devices')`. */
export function addressOf(path: string): string {
  return thisApp().path + path
}
