import type { FastifyInstance } from 'fastify'

interface Address {
  pattern: RegExp
  methods: Set<string>
}

/**
 * Which methods an address takes, for those who come with another one: pretending that nothing lives there would send them searching.
 * It watches the doors being hung in; a route of its own for every wrong method would cost more memory than all the right ones.
 */
export function watchAddresses(app: FastifyInstance): (url: string) => string | undefined {
  const addresses = new Map<string, Address>()
  app.addHook('onRoute', ({ url, method }) => {
    const address = addresses.get(url) ?? { pattern: patternOf(url), methods: new Set() }
    for (const name of [method].flat()) address.methods.add(name)
    addresses.set(url, address)
  })
  return (url) => {
    const path = url.split('?', 1)[0] ?? ''
    const here = [...addresses.values()].filter(({ pattern }) => pattern.test(path))
    return here.length === 0 ? undefined : [...new Set(here.flatMap(({ methods }) => [...methods]))].join(', ')
  }
}

function patternOf(url: string): RegExp {
  const literal = url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${literal.replace(/:\w+/g, '[^/]+')}/?$`, 'i')
}
