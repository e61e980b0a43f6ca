interface Device {
  browser: string | null
  operatingSystem: string | null
}

// The first that fits wins: nearly every browser also says it is Safari and Chrome. Only the major version is told, since the rest is zeros
// in newer browsers.
const browsers: readonly (readonly [string, RegExp])[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\/(\d{1,4})/],
  ['Opera', /\b(?:OPR|OPT|Opera)\/(\d{1,4})/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d{1,4})/],
  ['Vivaldi', /\bVivaldi\/(\d{1,4})/],
  ['DuckDuckGo', /\b(?:DuckDuckGo|Ddg)\/(\d{1,4})/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d{1,4})/],
  ['Android WebView', /; wv\).*\bChrome\/(\d{1,4})/],
  ['Chrome', /\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\/(\d{1,4})/],
  ['Mobile Safari', /\bVersion\/(\d{1,4})[\d.]* Mobile\/\w+ Safari\//],
  ['Safari', /\bVersion\/(\d{1,4})[\d.]* Safari\//],
]

// Versions that browsers no longer tell are left out rather than guessed: Windows 11 says 10, every Mac says 10_15_7, and a reduced
// Android is always 10 on a device called K.
const operatingSystems: readonly (readonly [string, RegExp])[] = [
  ['Windows', /\bWindows NT\b/],
  ['iOS', /\b(?:iPhone|iPod).*? OS (\d{1,2})/],
  ['iPadOS', /\biPad.*? OS (\d{1,2})/],
  ['Android', /\bAndroid 10; K\)/],
  ['Android', /\bAndroid(?: (\d{1,2}))?/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
]

/** What the browser says it is. Anybody can say anything here: it helps to recognise a sign-in and proves nothing. */
export function deviceOf(userAgent: string): Device {
  return { browser: named(browsers, userAgent), operatingSystem: named(operatingSystems, userAgent) }
}

function named(known: readonly (readonly [string, RegExp])[], userAgent: string): string | null {
  for (const [name, sign] of known) {
    const found = sign.exec(userAgent)
    if (found) return found[1] ? `${name} ${found[1]}` : name
  }
  return null
}
