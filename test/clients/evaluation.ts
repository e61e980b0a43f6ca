import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { domain, people } from '#server/commands/evaluation-people.ts'
import { sesamApi } from '#server/domain/app-permissions.ts'
import { newDirectory } from '#test/databases.ts'
import { startServer, tokenOf } from '#test/operator.ts'
import { codeInInbox } from './listening.ts'

/** The program as somebody starts it to look at, over https, with whatever it brings. */
export async function startEvaluation() {
  const environment = { DATA_DIR: join(newDirectory(), 'data') }
  const server = await startServer(['evaluate', '--https'], environment, 'https')
  const trusted = getCACertificates('default')
  setDefaultCACertificates([...trusted, readFileSync(join(environment.DATA_DIR, 'tls.crt'), 'utf8')])
  const { url } = server
  const admin = await tokenOf(`admin@${domain}`, environment)

  async function ask(token: string, path: string, body?: object) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const response = await fetch(url + path, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers })
    const text = await response.text()
    assert.ok(response.ok, text)
    return JSON.parse(text)
  }

  return {
    url,
    // As its administrators know it: by a domain.
    authority: `${url}/${domain}`,
    anna: { number: people.find(({ name }) => name === 'anna')?.number?.replaceAll(' ', '') ?? assert.fail('Anna has no number') },
    get: (path: string, token: string) => ask(token, path),
    /** The whole way of an administrator: register it, let it in, consent for everybody. */
    async registerApp(redirectUris: readonly string[]): Promise<string> {
      const { appId } = await ask(admin, '/v1.0/applications', { displayName: 'Rooster', spa: { redirectUris } })
      const { id: clientId } = await ask(admin, '/v1.0/servicePrincipals', { appId })
      const consent = { clientId, consentType: 'AllPrincipals', resourceId: sesamApi.id, scope: 'User.Read' }
      await ask(admin, '/v1.0/oauth2PermissionGrants', consent)
      return appId
    },
    async codeTo(number: string): Promise<string> {
      for (let tries = 0; tries < 100; tries++) {
        const code = await codeInInbox(url, number)
        if (code) return code
        await pause(50)
      }
      return assert.fail(`no text to ${number}`)
    },
    async [Symbol.asyncDispose](): Promise<void> {
      setDefaultCACertificates(trusted)
      await server.stop()
    },
  }
}
