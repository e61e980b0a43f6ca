import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { isIP, isIPv4 } from 'node:net'
import { type GatewayOptions, readSmsGateways } from '#server/domain/gateway-options.ts'
import { isLoopback } from '#server/domain/loopback.ts'
import { type MailOptions, readMailOptions } from '#server/domain/mail-options.ts'
import { readVoiceGateways, type VoiceGatewayOptions } from '#server/domain/voice-gateway-options.ts'

export interface Config {
  port: number
  host: string
  publicUrl: string
  dataDirectory: string
  databaseUrl: string | undefined
  masterKey: Buffer | undefined
  metricsToken: string | undefined
  smsGateways: readonly GatewayOptions[]
  voiceGateways: readonly VoiceGatewayOptions[]
  mail: MailOptions | undefined
  trustedProxies: readonly string[]
  tls: TlsPaths | undefined
  logLevel: string
  migrateAtStart: boolean
}

/** Two files in PEM: the certificate with those it leans on, and its private key. */
export interface TlsPaths {
  certificatePath: string
  keyPath: string
}

export interface Reading {
  config: Config
  /** Everything that is wrong, so that one start tells it all. */
  problems: string[]
}

export type Environment = Readonly<Record<string, string | undefined>>

interface Variable {
  name: string
  meaning: string
  secret?: true
}

/** Every variable there is. A secret may also stand in a file that `NAME_FILE` names. */
export const variables: readonly Variable[] = [
  { name: 'PORT', meaning: 'the port to listen on; 3000 when absent' },
  { name: 'HOST', meaning: 'the address to listen on; localhost for evaluate, every address for serve' },
  { name: 'PUBLIC_URL', meaning: 'the address people and apps use, such as https://login.example.com' },
  { name: 'DATA_DIR', meaning: 'where the embedded database lives; ./data when absent' },
  { name: 'DATABASE_URL', meaning: 'a PostgreSQL address; the embedded database when absent', secret: true },
  { name: 'MASTER_KEY', meaning: '32 random bytes in base64 or hex; every other key is made from it', secret: true },
  { name: 'METRICS_TOKEN', meaning: 'the bearer token that opens /metrics; no metrics when absent', secret: true },
  { name: 'SMS_GATEWAYS', meaning: 'a JSON list of providers of text messages, tried in this order; no texts when absent', secret: true },
  { name: 'VOICE_GATEWAYS', meaning: 'a JSON list of providers of phone calls, tried in this order; no calls when absent', secret: true },
  { name: 'MAIL_URL', meaning: 'the mail server, as smtp://user:password@host:587; no e-mail when absent', secret: true },
  { name: 'MAIL_FROM', meaning: 'the address our e-mail comes from, such as no-reply@example.com' },
  { name: 'TRUSTED_PROXIES', meaning: 'addresses of proxies in front, such as 10.0.0.0/8; none when absent' },
  { name: 'TLS_CERT', meaning: 'a file with the certificate to serve https with, and its chain; plain http when absent' },
  { name: 'TLS_KEY', meaning: 'the file with the private key of that certificate' },
  { name: 'LOG_LEVEL', meaning: 'trace, debug, info, warn, error or silent; warn for evaluate, info for serve' },
  { name: 'MIGRATE_AT_START', meaning: 'yes lets serve bring the database up to date by itself' },
]

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent']
const masterKeyBytes = 32
const differentBytesMin = 12
const metricsTokenMinLength = 16

export function readConfig(environment: Environment, mode: 'serve' | 'evaluate'): Reading {
  const problems: string[] = []
  const value = (name: string) => readVariable(environment, name, problems)
  const port = readPort(value('PORT'), problems)
  const tls = readTlsPaths(value('TLS_CERT'), value('TLS_KEY'), problems)
  const config: Config = {
    port,
    host: value('HOST') ?? (mode === 'evaluate' ? 'localhost' : '0.0.0.0'),
    publicUrl: (value('PUBLIC_URL') ?? (mode === 'evaluate' ? `${tls ? 'https' : 'http'}://localhost:${port}` : '')).replace(/\/+$/, ''),
    dataDirectory: value('DATA_DIR') ?? './data',
    databaseUrl: value('DATABASE_URL'),
    masterKey: readMasterKey(value('MASTER_KEY'), problems),
    metricsToken: value('METRICS_TOKEN'),
    smsGateways: readSmsGateways(value('SMS_GATEWAYS'), problems),
    voiceGateways: readVoiceGateways(value('VOICE_GATEWAYS'), problems),
    mail: readMailOptions({ url: value('MAIL_URL'), from: value('MAIL_FROM') }, problems),
    trustedProxies: (value('TRUSTED_PROXIES') ?? '').split(/[\s,]+/).filter(Boolean),
    tls,
    logLevel: value('LOG_LEVEL') ?? (mode === 'evaluate' ? 'warn' : 'info'),
    migrateAtStart: ['yes', 'true', '1'].includes(value('MIGRATE_AT_START') ?? ''),
  }
  if (!logLevels.includes(config.logLevel)) problems.push(`LOG_LEVEL is not one of ${logLevels.join(', ')}.`)
  checkPublicUrl(config.publicUrl, problems)
  checkDatabaseUrl(config.databaseUrl, problems)
  checkTrustedProxies(config.trustedProxies, problems)
  if (tls) checkTls(tls, config.publicUrl, problems)
  if (config.metricsToken !== undefined && config.metricsToken.length < metricsTokenMinLength)
    problems.push(
      `METRICS_TOKEN is short enough to guess; ${metricsTokenMinLength} characters are needed. Make one with: openssl rand -hex 32`,
    )
  if (mode === 'evaluate' && !isLoopback(config.host)) {
    problems.push(
      'HOST is not a loopback address. An evaluation has an administrator anybody can become; use serve for others to reach it.',
    )
  }
  if (mode === 'serve' && !config.masterKey && !problems.some((problem) => problem.startsWith('MASTER_KEY'))) {
    problems.push('MASTER_KEY is missing. Make one with: openssl rand -base64 32')
  }
  return { config: Object.freeze(config), problems }
}

/** The same for the data directory itself, once it is there: what stands in it must not be for everybody to read. */
export function directoryProblem(directory: string): string | undefined {
  try {
    const othersMay = statSync(directory).mode & 0o077
    return process.platform !== 'win32' && othersMay !== 0
      ? `DATA_DIR (${directory}) can be read by other users of this machine. Close it with: chmod 700 ${directory}`
      : undefined
  } catch {
    return undefined
  }
}

/** Every variable as it is in force, secrets as stars. */
export function describeConfig(environment: Environment): string[] {
  const width = Math.max(...variables.map(({ name }) => name.length))
  return variables.map(({ name, meaning, secret }) => {
    const given = environment[name] ?? (environment[`${name}_FILE`] ? `(from ${environment[`${name}_FILE`]})` : undefined)
    const shown = given === undefined ? '-' : secret && environment[name] ? '***' : given
    return `${name.padEnd(width)}  ${shown.padEnd(24)}  ${meaning}`
  })
}

function readVariable(environment: Environment, name: string, problems: string[]): string | undefined {
  const path = environment[`${name}_FILE`]
  if (path === undefined) return environment[name] || undefined
  try {
    return readFileSync(path, 'utf8').trim() || undefined
  } catch {
    problems.push(`${name}_FILE names a file that cannot be read: ${path}`)
    return undefined
  }
}

function readPort(text: string | undefined, problems: string[]): number {
  const port = Number(text ?? 3000)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  problems.push('PORT is not a port number.')
  return 3000
}

function readMasterKey(text: string | undefined, problems: string[]): Buffer | undefined {
  if (text === undefined) return undefined
  const isHex = /^[0-9a-f]{64,}$/i.test(text)
  const bytes = Buffer.from(text, isHex ? 'hex' : 'base64')
  // Node reads any words as base64; a sentence somebody thought of is no key.
  if (!isHex && !/^[\w+/-]+={0,2}$/.test(text))
    problems.push('MASTER_KEY is neither base64 nor hex. Make one with: openssl rand -base64 32')
  else if (bytes.length < masterKeyBytes) problems.push(`MASTER_KEY has ${bytes.length} bytes; ${masterKeyBytes} are needed.`)
  else if (new Set(bytes).size < differentBytesMin || isCountedUp(bytes))
    problems.push('MASTER_KEY is an example, not random. Make one with: openssl rand -base64 32')
  else return bytes
  return undefined
}

function isCountedUp(bytes: Buffer): boolean {
  return bytes.every((byte, index) => byte === ((bytes[0] ?? 0) + index) % 256)
}

function checkPublicUrl(publicUrl: string, problems: string[]): void {
  if (publicUrl === '') {
    problems.push('PUBLIC_URL is missing: the https address people and apps will use.')
    return
  }
  const url = URL.parse(publicUrl)
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username) {
    problems.push('PUBLIC_URL is not an address such as https://login.example.com, without a path.')
  } else if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    problems.push('PUBLIC_URL is http. Tokens and codes travel over it; only https is safe off this machine.')
  }
}

function checkDatabaseUrl(databaseUrl: string | undefined, problems: string[]): void {
  if (databaseUrl === undefined) return
  const url = URL.parse(databaseUrl)
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    problems.push('DATABASE_URL is not an address such as postgres://user:password@host/database.')
    return
  }
  // The driver lets the last `host` and `sslmode` after the question mark win.
  const host = url.searchParams.getAll('host').at(-1) ?? url.hostname
  const isHere = host === '' || host.startsWith('/') || isLoopback(host)
  if (!isHere && url.searchParams.getAll('sslmode').at(-1) !== 'verify-full') {
    problems.push('DATABASE_URL reaches another machine without sslmode=verify-full, so its password and our data would travel unproven.')
  }
}

function readTlsPaths(certificatePath: string | undefined, keyPath: string | undefined, problems: string[]): TlsPaths | undefined {
  if (certificatePath !== undefined && keyPath !== undefined) return { certificatePath, keyPath }
  if (certificatePath !== undefined) problems.push('TLS_KEY is missing: the file with the private key of TLS_CERT.')
  if (keyPath !== undefined) problems.push('TLS_CERT is missing: the file with the certificate of TLS_KEY.')
  return undefined
}

function checkTls(paths: TlsPaths, publicUrl: string, problems: string[]): void {
  problems.push(...tlsProblems(paths, new Date()))
  if (publicUrl.startsWith('http:')) problems.push('PUBLIC_URL is http, but TLS_CERT makes this server speak https.')
}

/** What keeps these two files from being served, in words; nothing when they are good. */
export function tlsProblems({ certificatePath, keyPath }: TlsPaths, now: Date): string[] {
  const problems: string[] = []
  const certificate = parsed('TLS_CERT', certificatePath, 'a certificate in PEM', (bytes) => new X509Certificate(bytes), problems)
  const key = parsed('TLS_KEY', keyPath, 'a private key in PEM without a password', createPrivateKey, problems)
  if (isReadableByAll(keyPath))
    problems.push(`TLS_KEY (${keyPath}) is open to every user of this machine. Close it with: chmod 640 ${keyPath}`)
  if (certificate && key && !certificate.checkPrivateKey(key)) problems.push('TLS_KEY is not the key of the first certificate in TLS_CERT.')
  if (certificate && certificate.validToDate <= now)
    problems.push(`TLS_CERT ended at ${certificate.validToDate.toISOString()}. Renew the certificate.`)
  if (certificate && certificate.validFromDate > now) problems.push(`TLS_CERT begins only at ${certificate.validFromDate.toISOString()}.`)
  return problems
}

function isReadableByAll(path: string): boolean {
  try {
    return process.platform !== 'win32' && statSync(path).isFile() && (statSync(path).mode & 0o007) !== 0
  } catch {
    return false
  }
}

function parsed<T>(name: string, path: string, what: string, parse: (bytes: Buffer) => T, problems: string[]): T | undefined {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch {
    problems.push(`${name} names a file that cannot be read: ${path}`)
    return undefined
  }
  try {
    return parse(bytes)
  } catch {
    problems.push(`${name} (${path}) is not ${what}.`)
    return undefined
  }
}

const namedNetworks: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal'])

/** Whoever is trusted says who the caller is, in every audit row. */
function checkTrustedProxies(proxies: readonly string[], problems: string[]): void {
  for (const proxy of proxies) {
    const [address = '', bits, ...rest] = proxy.split('/')
    const bitsMax = isIPv4(address) ? 32 : 128
    const isNetwork = isIP(address) !== 0 && rest.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= bitsMax))
    if (!isNetwork && !namedNetworks.has(proxy)) problems.push(`TRUSTED_PROXIES holds what is no address: ${proxy}`)
    else if (Number(bits) === 0) problems.push(`TRUSTED_PROXIES trusts everybody (${proxy}), so anybody could pass for somebody else.`)
  }
}
