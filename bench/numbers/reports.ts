import { Agent, request } from 'node:http'

interface Reading {
  port: number
  token: string
  /** Of the first page. */
  path: string
}

interface Page {
  value?: unknown[]
  '@odata.nextLink'?: string
}

/** Reads a list to its end, a page after the other, and says how many items a second that was. */
export async function readList({ port, token, path }: Reading): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const began = performance.now()
  let items = 0
  let next: string | undefined = path
  while (next !== undefined) {
    const page: Page = await read(agent, port, token, next)
    items += page.value?.length ?? 0
    const link: string | undefined = page['@odata.nextLink']
    next = link === undefined ? undefined : link.slice(new URL(link).origin.length)
  }
  agent.destroy()
  return items / ((performance.now() - began) / 1000)
}

export async function timed(action: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await action()
  return performance.now() - began
}

function read(agent: Agent, port: number, token: string, path: string): Promise<Page> {
  return new Promise((resolve, reject) => {
    const headers = { host: `localhost:${port}`, authorization: `Bearer ${token}` }
    const sent = request({ agent, host: '127.0.0.1', port, path, headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => (response.statusCode === 200 ? resolve(JSON.parse(text)) : reject(new Error(`${path} answered ${text}`))))
    })
    sent.on('error', reject)
    sent.end()
  })
}
