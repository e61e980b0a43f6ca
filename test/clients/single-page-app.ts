import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { makeSelfSignedCertificate } from '#server/commands/self-signed-certificate.ts'
import { freePort } from '#test/postgres-server.ts'

const library = join(dirname(createRequire(import.meta.url).resolve('@azure/msal-browser')), '..', 'lib')

/** Microsoft's library as it comes from npm, and as little around it as an app can have. */
const scripts: Readonly<Record<string, string>> = {
  '/msal.js': join(library, 'msal-browser.min.js'),
  '/bridge.js': join(library, 'redirect-bridge', 'msal-redirect-bridge.min.js'),
}

/** Where the hidden frames of silent sign-ins come back to. */
const bridge = `<!doctype html><script src="/bridge.js"></script><script>msalRedirectBridge.broadcastResponseToMainFrame()</script>`

const app = `<!doctype html><title>An app</title><script src="/msal.js"></script><script>
window.start = async (settings) => {
  window.client = await msal.createStandardPublicClientApplication(settings)
  return client.handleRedirectPromise()
}
</script>`

/** An app that is nothing but a page, at an origin of its own. */
export class SinglePageApp {
  readonly url: string
  readonly #server: Server

  constructor(url: string, server: Server) {
    this.url = url
    this.#server = server
  }

  get redirectUris(): { web: string[]; spa: string[]; publicClient: string[] } {
    return { web: [], spa: [`${this.url}/`, `${this.url}/bridge`], publicClient: [] }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

/** To a browser a name and an address are two sites, also where they are one machine. */
export async function startSinglePageApp(host: 'localhost' | '127.0.0.1' = 'localhost'): Promise<SinglePageApp> {
  const { certificate: cert, key } = makeSelfSignedCertificate(new Date())
  const server = createServer({ cert, key }, (request, response) => {
    const path = new URL(request.url ?? '/', 'https://localhost').pathname
    const script = scripts[path]
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html')
    response.end(script ? readFileSync(script) : path === '/bridge' ? bridge : app)
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return new SinglePageApp(`https://${host}:${port}`, server)
}
