import type { Operator, Queryable, QueryableProperty } from '#contract/graph/queryable.ts'
import type { Comparison, Filter, Match, Value } from '#server/domain/query.ts'
import { refuse } from '#server/domain/refusal.ts'
import { Cursor } from './cursor.ts'
import { shownName, type Token } from './lexer.ts'
import { readPartOfText, readValue } from './literal.ts'
import { findSpelling, listed } from './spelling.ts'

const comparisons: readonly Comparison[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le']
const matches: readonly Match[] = ['startsWith', 'endsWith', 'contains']
const equalities: readonly Comparison[] = ['eq', 'ne']

type Operand = Pick<QueryableProperty, 'kind' | 'operators' | 'advanced' | 'items'>

/** Which names may be spoken: the collection's, or inside `any(x:…)` only those of one item, behind `x`. */
interface Scope {
  properties: Readonly<Record<string, Operand>>
  variable: string | undefined
}

interface Reading {
  cursor: Cursor
  scope: Scope
  /** Did the client send `ConsistencyLevel: eventual` and `$count=true`? */
  advanced: boolean
}

interface Path {
  token: Token
  typed: string
  lambda: boolean
}

interface Property {
  name: string
  operand: Operand
  /** As the client would have to write it here. */
  shown: string
}

export function parseFilter(text: string, queryable: Queryable, advanced: boolean): Filter {
  const cursor = new Cursor('$filter', text, "'")
  const filter = readOr({ cursor, scope: { properties: queryable.properties, variable: undefined }, advanced })
  cursor.expectEnd('and, or, end')
  return filter
}

function readOr(reading: Reading): Filter {
  let left = readAnd(reading)
  while (reading.cursor.takeWord('or')) {
    reading.cursor.countNode()
    left = { kind: 'or', left, right: readAnd(reading) }
  }
  return left
}

function readAnd(reading: Reading): Filter {
  let left = readNot(reading)
  while (reading.cursor.takeWord('and')) {
    reading.cursor.countNode()
    left = { kind: 'and', left, right: readNot(reading) }
  }
  return left
}

function readNot(reading: Reading): Filter {
  const { cursor, advanced } = reading
  if (!cursor.takeWord('not')) return readCondition(reading)
  if (!advanced) refuse('query_needs_eventual', { option: cursor.option, part: 'not' })
  cursor.countNode()
  return { kind: 'not', of: cursor.deeper(() => readNot(reading)) }
}

function readCondition(reading: Reading): Filter {
  const { cursor } = reading
  if (cursor.takeSymbol('(')) {
    const inner = cursor.deeper(() => readOr(reading))
    cursor.expectSymbol(')')
    return inner
  }
  cursor.countNode()
  if (cursor.peek().kind === 'word' && cursor.isSymbol('(', 1)) return readMatch(reading)

  const path = readPath(cursor)
  const property = getProperty(reading, path)
  return path.lambda ? readAny(reading, property) : readComparison(reading, property)
}

function readMatch(reading: Reading): Filter {
  const { cursor } = reading
  const called = cursor.take().text
  const how = matches.find((match) => match.toLowerCase() === called.toLowerCase())
  if (how === undefined) {
    refuse('query_unsupported', { option: cursor.option, part: `${shownName(called)}()`, supported: listed([...matches, 'any']) })
  }
  cursor.expectSymbol('(')
  const { name, operand, shown } = getProperty(reading, readPath(cursor))
  demandOperator(reading, operand, shown, how)
  cursor.expectSymbol(',')
  const value = readPartOfText(cursor, operand.kind)
  cursor.expectSymbol(')')
  if (cursor.takeWord('eq') && !cursor.takeWord('true')) cursor.refuseAt(cursor.peek(), 'true')
  return { kind: 'match', property: name, how, value }
}

function readComparison(reading: Reading, { name, operand, shown }: Property): Filter {
  const { cursor } = reading
  const token = cursor.peek()
  if (token.kind !== 'word' || cursor.isWord('and') || cursor.isWord('or')) cursor.refuseAt(token, supportedBy(operand))
  cursor.take()
  const word = token.text.toLowerCase()
  if (word === 'in') {
    demandOperator(reading, operand, shown, 'in')
    return { kind: 'in', property: name, values: readList(cursor, operand) }
  }
  const operator = comparisons.find((comparison) => comparison === word)
  if (operator === undefined) return refuseOperator(cursor, operand, `${shown} ${shownName(token.text)}`)
  demandOperator(reading, operand, shown, operator)
  const value = readValue(cursor, operand.kind, equalities.includes(operator))
  return { kind: 'compare', property: name, operator, value }
}

function readList(cursor: Cursor, operand: Operand): readonly Value[] {
  cursor.expectSymbol('(')
  const values: Value[] = []
  do {
    // Each value is one more comparison for the database.
    cursor.countNode()
    values.push(readValue(cursor, operand.kind, false))
  } while (cursor.takeSymbol(','))
  cursor.expectSymbol(')')
  return values
}

function readAny(reading: Reading, { name, operand, shown }: Property): Filter {
  const { cursor, advanced } = reading
  demandOperator(reading, operand, shown, 'any')
  cursor.expectSymbol('(')
  if (cursor.takeSymbol(')')) return { kind: 'any', property: name, of: undefined }

  const variable = cursor.take()
  if (variable.kind !== 'word') cursor.refuseAt(variable, 'x:…')
  cursor.expectSymbol(':')
  const scope = { properties: operand.items ?? {}, variable: variable.text }
  const of = cursor.deeper(() => readOr({ cursor, scope, advanced }))
  cursor.expectSymbol(')')
  return { kind: 'any', property: name, of }
}

/** A property, or with `/any` behind it a collection; the opening parenthesis is left to be read. */
function readPath(cursor: Cursor): Path {
  const { token, typed } = cursor.takeName()
  if (!cursor.isSymbol('(')) return { token, typed, lambda: false }
  const slash = typed.lastIndexOf('/')
  const called = typed.slice(slash + 1)
  if (slash === -1 || called.toLowerCase() !== 'any') {
    const supported = slash === -1 ? 'property' : 'any'
    refuse('query_unsupported', { option: cursor.option, part: `${shownName(called)}()`, supported })
  }
  return { token, typed: typed.slice(0, slash), lambda: true }
}

function getProperty({ cursor, scope: { properties, variable } }: Reading, { token, typed }: Path): Property {
  if (variable !== undefined && token.text !== variable) cursor.refuseAt(token, shownName(variable))
  // Inside any(x:…) the item itself is `x`, and its name the empty one.
  const name = findSpelling(properties, variable === undefined ? typed : typed.slice(variable.length + 1))
  const operand = name === undefined ? undefined : properties[name]
  if (name === undefined || operand === undefined) return refuseProperty(cursor.option, { properties, variable }, typed)
  return { name, operand, shown: writtenAs(name, variable) }
}

function refuseProperty(option: string, { properties, variable }: Scope, typed: string): never {
  const filterable = Object.entries(properties).filter(([, { operators, advanced }]) => operators?.length || advanced?.length)
  const supported = listed(filterable.map(([name]) => writtenAs(name, variable)))
  if (typed.toLowerCase().endsWith('/$count')) refuse('query_unsupported', { option, part: shownName(typed), supported })
  refuse('query_property_unknown', { option, property: shownName(typed), supported })
}

function writtenAs(name: string, variable: string | undefined): string {
  if (variable === undefined) return name
  return name === '' ? shownName(variable) : `${shownName(variable)}/${name}`
}

function demandOperator({ cursor, advanced }: Reading, operand: Operand, shown: string, operator: Operator): void {
  if (operand.operators?.includes(operator)) return
  const part = `${shown} ${operator}`
  if (!operand.advanced?.includes(operator)) refuseOperator(cursor, operand, part)
  if (!advanced) refuse('query_needs_eventual', { option: cursor.option, part })
}

function refuseOperator(cursor: Cursor, operand: Operand, part: string): never {
  refuse('query_unsupported', { option: cursor.option, part, supported: supportedBy(operand) })
}

function supportedBy({ operators = [], advanced = [] }: Operand): string {
  if (advanced.length === 0) return listed(operators)
  const eventual = `${listed(advanced)} (ConsistencyLevel: eventual, $count=true)`
  return operators.length === 0 ? eventual : `${listed(operators)}; ${eventual}`
}
