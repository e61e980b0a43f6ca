import type { WebSetting } from '#contract/web-apps.ts'

export interface Setting extends WebSetting {
  /** The organisation's picture, which stands in the page already. */
  logo: string | undefined
}

let found: Setting | undefined

/** What the server wrote into the page for this app. */
export function setting(): Setting {
  found ??= read()
  return found
}

function read(): Setting {
  const written: WebSetting = JSON.parse(document.getElementById('setting')?.textContent ?? '')
  const logo = document.querySelector('#app .brand img')?.getAttribute('src') ?? undefined
  return { ...written, logo }
}
