import { type EmailAddress, parseEmailAddress } from './email-address.ts'
import { isLoopback } from './loopback.ts'

/** A mail server that takes what we send, and in whose name we send it. */
export interface MailOptions {
  host: string
  port: number
  /** TLS from the first byte, as `smtps:` says; else it is asked for, and nothing goes out without it. */
  isTls: boolean
  /** On this machine mail may go as it is: nobody stands between. */
  isLocal: boolean
  user: string | undefined
  password: string | undefined
  from: EmailAddress
}

const usualPorts: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 }

export function readMailOptions(given: { url: string | undefined; from: string | undefined }, problems: string[]): MailOptions | undefined {
  if (given.url === undefined && given.from === undefined) return undefined
  if (given.url === undefined) problems.push('MAIL_URL is missing: the mail server that takes what MAIL_FROM sends.')
  if (given.from === undefined) problems.push('MAIL_FROM is missing: the address that what MAIL_URL takes comes from.')
  const server = given.url === undefined ? undefined : readServer(given.url, problems)
  const from = given.from === undefined ? undefined : parseEmailAddress(given.from)
  if (given.from !== undefined && !from) problems.push('MAIL_FROM is not an e-mail address by itself, such as no-reply@example.com.')
  return server && from && { ...server, from }
}

function readServer(text: string, problems: string[]): Omit<MailOptions, 'from'> | undefined {
  const url = URL.parse(text)
  const port = url && (Number(url.port) || usualPorts[url.protocol])
  if (!url || !port || url.hostname === '' || !['', '/'].includes(url.pathname) || url.search || url.hash) {
    problems.push('MAIL_URL is not an address such as smtp://user:password@mail.example.com:587 or smtps://user:password@mail.example.com.')
    return undefined
  }
  const [user, password] = [decoded(url.username), decoded(url.password)]
  if (user === undefined || password === undefined) {
    problems.push('MAIL_URL holds a user or password with a % that stands for nothing. Write % as %25.')
    return undefined
  }
  if ((user === '') !== (password === '')) problems.push('MAIL_URL has a user without a password, or a password without a user.')
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const credentials = { user: user || undefined, password: password || undefined }
  return { host, port, isTls: url.protocol === 'smtps:', isLocal: isLoopback(host), ...credentials }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
