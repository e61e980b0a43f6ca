import { type Html, html } from './html.ts'

type Rgb = readonly [red: number, green: number, blue: number]

/** What the accent must stand out from: the grounds of page-style.ts, light and dark. */
const lightGround: Rgb = [0xf6, 0xf1, 0xe9]
const darkGround: Rgb = [0x1f, 0x1b, 0x18]
const white: Rgb = [255, 255, 255]
const black: Rgb = [0, 0, 0]

/** WCAG 2.2, 1.4.3 and 1.4.11. */
const textContrastMin = 4.5
const shapeContrastMin = 3

/**
 * The organisation's colour in the variables of page-style.ts. Buttons wear it as it is; where it carries text or a line, it moves
 * towards black or white until it can be read. Written from numbers, so that a colour cannot bring along CSS of its own.
 */
export function brandStyle(colour: string | undefined): Html | undefined {
  const accent = colour === undefined ? undefined : parsed(colour)
  if (!accent) return undefined
  return html`:root{${shades(accent, lightGround, black)}}@media (prefers-color-scheme:dark){:root{${shades(accent, darkGround, white)}}}`
}

function shades(accent: Rgb, ground: Rgb, towards: Rgb): string {
  const ink = readable(accent, ground, towards)
  const edge = contrast(accent, ground) >= shapeContrastMin ? accent : ink
  return `--accent:${hex(accent)};--on-accent:${hex(textOn(accent))};--ink:${hex(ink)};--edge:${hex(edge)};--glow:rgba(${accent.join()},.12)`
}

/** White or black: one of the two always has a contrast of 4.5 or more. */
function textOn(colour: Rgb): Rgb {
  return contrast(white, colour) >= textContrastMin ? white : black
}

function readable(colour: Rgb, ground: Rgb, towards: Rgb): Rgb {
  for (let step = 0; step < 20; step++) {
    const mixed = mix(colour, towards, step / 20)
    if (contrast(mixed, ground) >= textContrastMin) return mixed
  }
  return towards
}

function mix([red, green, blue]: Rgb, towards: Rgb, share: number): Rgb {
  const between = (from: number, to: number) => Math.round(from + (to - from) * share)
  return [between(red, towards[0]), between(green, towards[1]), between(blue, towards[2])]
}

export function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

export function parsed(colour: string): Rgb | undefined {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return undefined
  const value = Number.parseInt(colour.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

function hex(colour: Rgb): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}
