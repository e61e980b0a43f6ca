import { domainToASCII, domainToUnicode } from 'node:url'

/** A mailbox as one server hands it to the next: plain ASCII, its domain in small letters. Only `parseEmailAddress` makes one. */
export type EmailAddress = string & { readonly checked: 'e-mail address' }

const addressMax = 254
const nameMax = 64
const domainMax = 253

// RFC 5321 §4.1.2, the dot-string form. Quoted names, comments and addresses of machines are legal and belong to nobody who gets a code.
const name = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** Undefined for all that is no ordinary address. A domain may be written in any script. */
export function parseEmailAddress(text: string): EmailAddress | undefined {
  const trimmed = text.trim()
  const at = trimmed.lastIndexOf('@')
  const [before, behind] = [trimmed.slice(0, Math.max(0, at)), trimmed.slice(at + 1)]
  // What a browser would strip from a host name is no way to write it here.
  if (trimmed.length > addressMax || /[\s%/\\?#:@[\]]/.test(behind)) return undefined
  const candidate = `${before}@${domainToASCII(behind)}`
  return isCanonical(candidate) ? candidate : undefined
}

/** An address that was parsed before, such as one a store kept. */
export function canonicalAddress(text: string): EmailAddress {
  if (!isCanonical(text)) throw new Error('expected an address as SMTP writes it')
  return text
}

function isCanonical(text: string): text is EmailAddress {
  const at = text.lastIndexOf('@')
  const [before, behind] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)]
  return text.length <= addressMax && before.length <= nameMax && behind.length <= domainMax && name.test(before) && domain.test(behind)
}

/** As its owner wrote it: the domain in its own script. */
export function shownAddress(address: EmailAddress): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}@${domainToUnicode(address.slice(at + 1))}`
}

/** Enough to recognise one's own by, and no more: `a•••@contoso.example`. */
export function maskedAddress(address: EmailAddress): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, 1)}•••${shownAddress(address).slice(at)}`
}

/** What two spellings have in common that reach one mailbox nearly everywhere; for looking up, never for sending. */
export function addressKey(address: EmailAddress): string {
  return address.toLowerCase()
}
