import { message } from '../kit/words/message.ts'

interface Place {
  browser: string | null
  operatingSystem: string | null
}

/** What people call it, where the browser says something else of itself. */
const everydayNames: Readonly<Record<string, string>> = {
  'Mobile Safari': 'Safari',
  'Android WebView': 'Android',
  iOS: 'iPhone',
  iPadOS: 'iPad',
  macOS: 'Mac',
}

/** `Safari on iPhone`: how somebody recognises their own device. */
export function placeText({ browser, operatingSystem }: Place): string {
  return together(everyday(browser), everyday(operatingSystem))
}

/** `Mobile Safari 18 on iOS 18`: all that the browser says itself. */
export function exactPlaceText({ browser, operatingSystem }: Place): string {
  return together(browser, operatingSystem)
}

function together(browser: string | null, system: string | null): string {
  if (browser && system && browser !== system) return message('web.account.place.both', { browser, system })
  return browser ?? system ?? message('web.account.place.unknown')
}

function everyday(name: string | null): string | null {
  const plain = name?.replace(/ \d+$/, '')
  return plain === undefined ? null : (everydayNames[plain] ?? plain)
}
