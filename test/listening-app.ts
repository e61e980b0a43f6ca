import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An app's own server, which hears of sign-outs. */
export async function listeningApp(status = 200) {
  const heard: URLSearchParams[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      heard.push(new URLSearchParams(body))
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo
  return {
    heard,
    url: `http://127.0.0.1:${port}/signed-out`,
    [Symbol.dispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}
