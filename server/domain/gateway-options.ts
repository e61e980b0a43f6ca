/** A provider over HTTP as an operator describes it. */
export interface GatewayOptions {
  name: string
  url: string
  method: 'POST' | 'PUT' | 'GET'
  headers: Readonly<Record<string, string>>
  /** With `{to}`, `{key}`, `{from}` and what else it is for where those go; each is escaped as the content type needs. */
  body: string
  contentType: 'json' | 'form'
  from: string
  perSecond: number
  /** Signs each request as Standard Webhooks does. */
  secret: string | undefined
  /** What else stands in for names in braces, escaped like the rest. */
  values?: Readonly<Record<string, string>>
}

export interface GatewayKind {
  /** The variable they stand in. */
  variable: string
  /** What nobody can do without: the request has to hold it. */
  needed: readonly string[]
  /** What only this kind has to say. */
  alsoKnown?: readonly string[]
}

/** A row as it was written, for what only its kind knows how to read. */
export interface WrittenGateway {
  options: GatewayOptions
  given: ReadonlyMap<string, unknown>
  say: (problem: string) => void
}

const gatewaysMax = 10
const known = ['name', 'url', 'method', 'headers', 'body', 'contentType', 'from', 'perSecond', 'secret']
const perSecondUsual = 10

const texts: GatewayKind = { variable: 'SMS_GATEWAYS', needed: ['{to}', '{text}'] }

/** Who sends texts, tried in this order. */
export function readSmsGateways(text: string | undefined, problems: string[]): GatewayOptions[] {
  return readGateways(text, texts, problems).map(({ options }) => options)
}

/** Reads the list that a variable holds. What is wrong is named without quoting it: there are secrets in it. */
export function readGateways(text: string | undefined, kind: GatewayKind, problems: string[]): WrittenGateway[] {
  if (text === undefined) return []
  const list = parsed(text)
  if (!Array.isArray(list) || list.length === 0 || list.length > gatewaysMax) {
    problems.push(`${kind.variable} is not a JSON list of one to ${gatewaysMax} gateways.`)
    return []
  }
  const gateways = list.map((row: unknown, index) => readGateway(row, kind, `${kind.variable}, gateway ${index + 1}:`, problems))
  const names = gateways.map(({ options }) => options.name)
  if (new Set(names).size < names.length) problems.push(`${kind.variable} has two gateways of one name.`)
  return gateways
}

function readGateway(row: unknown, { needed, alsoKnown = [] }: GatewayKind, where: string, problems: string[]): WrittenGateway {
  const given = new Map(isObject(row) ? Object.entries(row) : [])
  const say = (problem: string) => problems.push(`${where} ${problem}`)
  if (!isObject(row)) say('is no object.')
  const settings = [...known, ...alsoKnown]
  for (const name of given.keys()) if (!settings.includes(name)) say(`has a setting nobody knows. There are ${settings.join(', ')}.`)
  const word = (name: string, usual = '') => {
    const value = given.get(name) ?? usual
    if (typeof value === 'string') return value
    say(`${name} is no text.`)
    return usual
  }
  const contentType = word('contentType', 'json')
  const method = word('method', 'POST')
  const options: GatewayOptions = {
    name: word('name'),
    url: word('url'),
    method: method === 'PUT' || method === 'GET' ? method : 'POST',
    headers: readHeaders(given.get('headers') ?? {}, say),
    body: isObject(given.get('body')) ? JSON.stringify(given.get('body')) : word('body'),
    contentType: contentType === 'form' ? 'form' : 'json',
    from: word('from'),
    perSecond: Number(given.get('perSecond') ?? perSecondUsual),
    secret: given.has('secret') ? word('secret') : undefined,
  }
  if (!/^[\w.-]{1,40}$/.test(options.name)) say('name is missing, or holds more than letters, digits, dots and dashes.')
  if (!['json', 'form'].includes(contentType)) say('contentType is neither json nor form.')
  if (!['POST', 'PUT', 'GET'].includes(method)) say('method is not POST, PUT or GET.')
  if (!(options.perSecond > 0 && options.perSecond <= 1_000)) say('perSecond is not a number from 1 to 1000.')
  if (options.secret !== undefined && options.secret.length < 16) say('secret is short enough to guess; 16 characters are needed.')
  checkUrl(options.url, say)
  const template = options.method === 'GET' ? options.url : options.url + options.body
  for (const each of needed) if (!template.includes(each)) say(`nothing says where ${each} goes.`)
  return { options, given, say }
}

function checkUrl(text: string, say: (problem: string) => void): void {
  const url = URL.parse(text.replaceAll(/\{\w+\}/g, 'x'))
  const isHere = url !== null && /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(url.hostname)
  if (!url || !['http:', 'https:'].includes(url.protocol)) say('url is not an address such as https://provider.example.com/send.')
  else if (url.protocol === 'http:' && !isHere) say('url is http. Numbers and codes travel over it; only https is safe off this machine.')
  else if (/^[^/]*\/\/[^/]*\{/.test(text)) say('url has a placeholder in the name of the host.')
  else if (url.username || url.password) say('url holds a password; put it in headers.')
}

function readHeaders(value: unknown, say: (problem: string) => void): Record<string, string> {
  const rows = isObject(value) ? Object.entries(value) : []
  const isFine =
    isObject(value) && rows.every(([name, text]) => /^[\w-]+$/.test(name) && typeof text === 'string' && /^[\t\x20-\x7e]*$/.test(text))
  if (!isFine) say('headers is no object of names and texts.')
  return Object.fromEntries(isFine ? rows.map(([name, text]) => [name.toLowerCase(), String(text)]) : [])
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
