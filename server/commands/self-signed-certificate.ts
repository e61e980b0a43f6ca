import { createPrivateKey, generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'

// Node reads X.509 certificates (RFC 5280) but cannot write one, so here is as much DER (X.690) as this one certificate needs.

const dayMs = 24 * 60 * 60 * 1000
/** Browsers take no certificate that is valid for longer than 398 days. */
const validDays = 397
const renewedBeforeDays = 30
const issuer = 'Sesam evaluation'

/** The names by which only this machine reaches itself. */
export const localNames = ['localhost', '127.0.0.1', '::1'] as const

export interface CertificateFiles {
  certificatePath: string
  keyPath: string
}

/** The one that is there as long as it is good, so that whoever was told to trust it need not be told again. */
export function keepSelfSignedCertificate(directory: string, now: Date): CertificateFiles {
  const files = { certificatePath: join(directory, 'tls.crt'), keyPath: join(directory, 'tls.key') }
  if (!isGood(files, now)) {
    const { certificate, key } = makeSelfSignedCertificate(now)
    writeFileSync(files.keyPath, key, { mode: 0o600 })
    writeFileSync(files.certificatePath, certificate, { mode: 0o600 })
  }
  return files
}

function isGood({ certificatePath, keyPath }: CertificateFiles, now: Date): boolean {
  if (!existsSync(certificatePath) || !existsSync(keyPath)) return false
  try {
    const certificate = new X509Certificate(readFileSync(certificatePath))
    const isKeys = certificate.checkPrivateKey(createPrivateKey(readFileSync(keyPath)))
    return isKeys && certificate.validFromDate <= now && certificate.validToDate.getTime() - now.getTime() > renewedBeforeDays * dayMs
  } catch {
    return false
  }
}

/** It vouches for these names and, being no authority, for nobody else: trusting it opens no door beside this one. */
export function makeSelfSignedCertificate(now: Date): { certificate: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from(issuer)))))
  const content = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    // Positive and never twice the same (RFC 5280 §4.1.2.2).
    der(0x02, Buffer.of(0x40), randomBytes(15)),
    ecdsaWithSha256,
    name,
    sequence(time(new Date(now.getTime() - dayMs)), time(new Date(now.getTime() + (validDays - 1) * dayMs))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions())),
  )
  const certificate = new X509Certificate(sequence(content, ecdsaWithSha256, bitString(sign('sha256', content, privateKey))))
  return { certificate: certificate.toString(), key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) }
}

function extensions(): Buffer[] {
  const isCritical = der(0x01, Buffer.of(0xff))
  return [
    // basicConstraints: no authority. keyUsage: digitalSignature. extKeyUsage: serverAuth.
    sequence(objectId('551d13'), isCritical, der(0x04, sequence())),
    sequence(objectId('551d0f'), isCritical, der(0x04, bitString(Buffer.of(0x80), 7))),
    sequence(objectId('551d25'), der(0x04, sequence(objectId('2b06010505070301')))),
    // subjectAltName: browsers look at no other name.
    sequence(objectId('551d11'), der(0x04, sequence(...localNames.map(alternativeName)))),
  ]
}

function alternativeName(name: string): Buffer {
  if (isIP(name) === 0) return der(0x82, Buffer.from(name))
  return der(0x87, name === '::1' ? Buffer.concat([Buffer.alloc(15), Buffer.of(1)]) : Buffer.from(name.split('.').map(Number)))
}

const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'))

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const size = body.length
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Buffer.concat([Buffer.of(tag, ...length), body])
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts)
}

function objectId(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'))
}

function bitString(bytes: Buffer, unusedBits = 0): Buffer {
  return der(0x03, Buffer.of(unusedBits), bytes)
}

/** Two digits for the year until 2049, four after it (RFC 5280 §4.1.2.5). */
function time(instant: Date): Buffer {
  const digits = instant.toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  return instant.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits))
}
