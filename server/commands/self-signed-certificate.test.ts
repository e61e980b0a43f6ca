import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { newDirectory } from '#test/world.ts'
import { keepSelfSignedCertificate, localNames, makeSelfSignedCertificate } from './self-signed-certificate.ts'

const dayMs = 24 * 60 * 60 * 1000
const now = new Date('2026-11-20T09:00:00Z')
const later = (days: number) => new Date(now.getTime() + days * dayMs)

test('it vouches for this machine’s own names and for nothing else', () => {
  const { certificate, key } = makeSelfSignedCertificate(now)
  const read = new X509Certificate(certificate)
  const publicKey = createPublicKey(key)
  assert.equal(read.verify(publicKey), true)
  assert.equal(read.checkPrivateKey(createPrivateKey(key)), true)
  assert.deepEqual([read.ca, read.subject, read.issuer], [false, 'CN=Sesam evaluation', 'CN=Sesam evaluation'])
  assert.deepEqual(read.keyUsage, ['1.3.6.1.5.5.7.3.1'])
  assert.equal(read.subjectAltName, 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
  const [host, ...addresses] = localNames
  assert.equal(read.checkHost(host), host)
  for (const address of addresses) assert.equal(read.checkIP(address), address)
  assert.equal(read.checkHost('sesam.example'), undefined)
  assert.equal(read.checkIP('127.0.0.2'), undefined)
  assert.equal(read.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1')
  assert.match(read.serialNumber, /^40[0-9A-F]{30}$/)
  assert.notEqual(new X509Certificate(makeSelfSignedCertificate(now).certificate).serialNumber, read.serialNumber)
})

test('it is valid for as long as browsers take it, in this half of the century and the next', () => {
  for (const made of [now, new Date('2049-02-01T00:00:00Z'), new Date('2061-01-01T00:00:00Z')]) {
    const { validFromDate, validToDate } = new X509Certificate(makeSelfSignedCertificate(made).certificate)
    assert.equal(validFromDate.getTime(), made.getTime() - dayMs)
    assert.equal(validToDate.getTime() - validFromDate.getTime(), 397 * dayMs)
  }
})

test('it is kept while it is good, and only we can read it', () => {
  const directory = newDirectory()
  const files = keepSelfSignedCertificate(directory, now)
  for (const path of Object.values(files)) assert.equal(statSync(path).mode & 0o777, 0o600)
  const read = () => readFileSync(files.certificatePath, 'utf8')
  const first = read()

  const cases: readonly [string, Date, (() => void) | undefined, 'kept' | 'new'][] = [
    ['a day later', later(1), undefined, 'kept'],
    ['while more than thirty days are left', later(365), undefined, 'kept'],
    ['thirty days before its end', later(366), undefined, 'new'],
    ['on a machine whose clock went back', later(-10), undefined, 'new'],
    ['with another key', now, () => writeFileSync(files.keyPath, makeSelfSignedCertificate(now).key), 'new'],
    ['with a damaged key', now, () => writeFileSync(files.keyPath, 'x'), 'new'],
    ['cut off', now, () => writeFileSync(files.certificatePath, first.slice(0, 100)), 'new'],
  ]
  for (const [what, when, damage, outcome] of cases) {
    keepSelfSignedCertificate(directory, now)
    damage?.()
    const before = read()
    keepSelfSignedCertificate(directory, when)
    assert.equal(read() === before ? 'kept' : 'new', outcome, what)
  }
})
