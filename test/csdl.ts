interface Property {
  /** Without `graph.` where it is one of Graph's own. */
  type: string
  isCollection: boolean
  isNullable: boolean
  /** What only stands there when asked for. */
  isNavigation: boolean
}

interface Structure {
  base: string | undefined
  isAbstract: boolean
  properties: Map<string, Property>
}

interface Enumeration {
  members: Set<string>
  isFlags: boolean
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const primitives: Readonly<Record<string, (value: unknown) => boolean>> = {
  'Edm.String': (value) => typeof value === 'string',
  'Edm.Boolean': (value) => typeof value === 'boolean',
  'Edm.Int32': (value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31,
  'Edm.Int64': Number.isSafeInteger,
  'Edm.Double': (value) => typeof value === 'number',
  'Edm.Guid': (value) => typeof value === 'string' && guid.test(value),
  'Edm.DateTimeOffset': (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value),
  'Edm.Binary': (value) => typeof value === 'string' && /^[A-Za-z0-9+/_-]*={0,2}$/.test(value),
}

/** The types of a Graph, as its metadata names them, and whether JSON is of such a type. Made for the one plain file that lies beside it. */
export class Csdl {
  readonly #structures = new Map<string, Structure>()
  readonly #enumerations = new Map<string, Enumeration>()

  constructor(xml: string) {
    let structure: Structure | undefined
    let enumeration: Enumeration | undefined
    for (const { tag, attributes } of tagsIn(xml)) {
      const { Name: name = '' } = attributes
      if (tag === 'EnumType') {
        enumeration = { members: new Set(), isFlags: attributes.IsFlags === 'true' }
        this.#enumerations.set(name, enumeration)
      } else if (tag === 'Member') enumeration?.members.add(name)
      else if (tag === 'ComplexType' || tag === 'EntityType') {
        const isAbstract = attributes.Abstract === 'true'
        structure = { base: attributes.BaseType?.replace('graph.', ''), isAbstract, properties: new Map() }
        this.#structures.set(name, structure)
      } else if (tag === 'Property' || tag === 'NavigationProperty') structure?.properties.set(name, toProperty(tag, attributes))
    }
  }

  /** What about this JSON is not as its type says, each with where it stands; nothing when it fits. */
  differences(type: string, json: unknown, at = type): string[] {
    const enumeration = this.#enumerations.get(type)
    if (enumeration) return inEnumeration(enumeration, json) ? [] : [`${at} is ${show(json)}, no ${type}`]
    const isPrimitive = primitives[type]
    if (isPrimitive) return isPrimitive(json) ? [] : [`${at} is ${show(json)}, no ${type}`]
    if (!isObject(json)) return [`${at} is ${show(json)}, no ${type}`]
    return this.#inStructure(type, json, at)
  }

  #inStructure(declared: string, json: Readonly<Record<string, unknown>>, at: string): string[] {
    const said = json['@odata.type']
    const type = typeof said === 'string' ? said.replace('#microsoft.graph.', '') : declared
    const line = this.#lineOf(type)
    if (line.length === 0) return [`${at} is ${type}, of which nothing is known`]
    if (line.every(([name]) => name !== declared)) return [`${at} is ${type}, which is no ${declared}`]
    if (line[0]?.[1].isAbstract) return [`${at} does not say which ${type} it is`]
    const properties = new Map(line.flatMap(([, structure]) => [...structure.properties]))
    const found = Object.entries(json).flatMap(([name, value]) => {
      // What is said about a property, or about the whole, is OData's, not Graph's.
      if (name.includes('@')) return []
      const property = properties.get(name)
      return property ? this.#inProperty(property, value, `${at}.${name}`) : [`${at}.${name} is not in ${type}`]
    })
    return [...found, ...this.#missing(line, properties, json, at)]
  }

  #inProperty({ type, isCollection, isNullable }: Property, value: unknown, at: string): string[] {
    if (!isCollection) {
      if (value === null) return isNullable ? [] : [`${at} is null`]
      return this.differences(type, value, at)
    }
    if (!Array.isArray(value)) return [`${at} is ${show(value)}, no list of ${type}`]
    return value.flatMap((item, index) => (item === null && isNullable ? [] : this.differences(type, item, `${at}[${index}]`)))
  }

  /** Objects of the directory leave out what was not asked for; everything else is told whole. */
  #missing(
    line: readonly (readonly [string, Structure])[],
    properties: ReadonlyMap<string, Property>,
    json: Readonly<Record<string, unknown>>,
    at: string,
  ): string[] {
    if (line.some(([name]) => name === 'directoryObject')) return []
    return [...properties]
      .filter(([name, { isNullable, isNavigation, isCollection }]) => !(isNullable || isNavigation || isCollection || name in json))
      .map(([name]) => `${at}.${name} is missing`)
  }

  /** The type itself first, then what it is a kind of. */
  #lineOf(type: string): (readonly [string, Structure])[] {
    const structure = this.#structures.get(type)
    if (!structure) return []
    return [[type, structure], ...(structure.base ? this.#lineOf(structure.base) : [])]
  }
}

function* tagsIn(xml: string): Generator<{ tag: string; attributes: Record<string, string | undefined> }> {
  const text = xml.replaceAll(/<!--[\s\S]*?-->/g, '')
  for (const [, tag = '', inside = ''] of text.matchAll(/<(\w+)((?:\s+\w+="[^"]*")*)\s*\/?>/g))
    yield { tag, attributes: Object.fromEntries([...inside.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value])) }
}

function toProperty(tag: string, { Type = '', Nullable }: Record<string, string | undefined>): Property {
  const [, item = Type] = /^Collection\((.*)\)$/.exec(Type) ?? []
  return {
    type: item.replace('graph.', ''),
    isCollection: item !== Type,
    isNullable: Nullable !== 'false',
    isNavigation: tag === 'NavigationProperty',
  }
}

function inEnumeration({ members, isFlags }: Enumeration, json: unknown): boolean {
  if (typeof json !== 'string') return false
  return (isFlags ? json.split(',') : [json]).every((member) => members.has(member))
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 80) ?? 'absent'
}
