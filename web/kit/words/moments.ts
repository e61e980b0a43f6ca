import { regionalLocale } from './regional-locale.ts'

/** `27 November 2026`, as the language writes it. */
export function dateText(instant: string | Date): string {
  return new Intl.DateTimeFormat(regionalLocale(), { dateStyle: 'long' }).format(new Date(instant))
}

/** `27 Nov 2026, 14:05`. */
export function momentText(instant: string | Date): string {
  return new Intl.DateTimeFormat(regionalLocale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant))
}
