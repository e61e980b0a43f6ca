import { currentLocale } from './locale.ts'

/** A number of things, as the language of the page writes it. */
export function countText(count: number): string {
  return new Intl.NumberFormat(currentLocale()).format(count)
}

/** `42 %`: a part of a whole. */
export function shareText(share: number): string {
  return new Intl.NumberFormat(currentLocale(), { style: 'percent', maximumFractionDigits: 0 }).format(share)
}
