import { Agent, request } from 'node:http'

interface Adding {
  port: number
  domain: string
  token: string
  count: number
}

const perBatch = 20
const batchesAtOnce = 8

/** How many people a second come in by `$batch`. */
export async function addPeopleByBatch(adding: Adding): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: batchesAtOnce })
  const began = performance.now()
  let next = 0
  await Promise.all(
    Array.from({ length: batchesAtOnce }, async () => {
      while (next < adding.count) {
        const from = next
        next += perBatch
        await addBatch(agent, adding, from)
      }
    }),
  )
  agent.destroy()
  return adding.count / ((performance.now() - began) / 1000)
}

async function addBatch(agent: Agent, { port, domain, token }: Adding, from: number): Promise<void> {
  const requests = Array.from({ length: perBatch }, (_, index) => ({
    id: String(index),
    method: 'POST',
    url: '/users',
    headers: { 'content-type': 'application/json' },
    body: {
      accountEnabled: true,
      displayName: `New person ${from + index}`,
      mailNickname: `new${from + index}`,
      userPrincipalName: `new${from + index}@${domain}`,
    },
  }))
  const { responses } = await post(agent, port, token, JSON.stringify({ requests }))
  const refused = responses.find(({ status }) => status !== 201)
  if (refused) throw new Error(`adding was refused with ${refused.status}`)
}

function post(agent: Agent, port: number, token: string, body: string): Promise<{ responses: { status: number }[] }> {
  return new Promise((resolve, reject) => {
    const headers = { host: `localhost:${port}`, authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const sent = request({ agent, host: '127.0.0.1', port, method: 'POST', path: '/v1.0/$batch', headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () =>
        response.statusCode === 200 ? resolve(JSON.parse(text)) : reject(new Error(`$batch answered ${response.statusCode}`)),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
