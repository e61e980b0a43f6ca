import { signedInPath } from '#contract/web-apps.ts'
import { session } from './session/session.ts'
import { thisApp } from './session/tokens.ts'

/**
 * The first script of an app, and a small one: whoever only passes through on the way to the sign-in pages loads nothing else. Who comes back
 * with a code needs the app, and gets it while the code is traded.
 */
export async function enter(loadApp: () => Promise<unknown>): Promise<void> {
  const isComingBack = location.pathname === thisApp().path + signedInPath
  const arriving = session.arrive()
  if (isComingBack) void loadApp()
  if ((await arriving).kind !== 'leaving') await loadApp()
}
