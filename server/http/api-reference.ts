import type { FastifyInstance } from 'fastify'
import type { Queryable } from '#contract/graph/queryable.ts'
import type { Locale } from '#contract/locale.ts'
import { message, preferredLocale } from '#server/locale.ts'
import { apiReferenceStyle } from './api-reference-style.ts'
import { type Html, html, type Part } from './html.ts'
import { openapiPath } from './openapi.ts'
import { type JsonSchema, jsonSchema } from './openapi-schemas.ts'
import type { Operation } from './operations.ts'
import { sendPage } from './page.ts'

const path = '/docs/api'

/** The API for people to read, from the same rows as the doors. Made once for each language. */
export function mountApiReference(app: FastifyInstance, operations: readonly Operation[], servers: readonly string[]): void {
  const made = new Map<Locale, Html>()
  app.get(path, { exposeHeadRoute: true }, (request, reply) => {
    const locale = preferredLocale(request.headers['accept-language'])
    const body = made.get(locale) ?? reference(locale, operations, servers)
    made.set(locale, body)
    return sendPage(reply, { locale, title: `${message(locale, 'http.api-reference.title')} · Sesam`, style: apiReferenceStyle, body })
  })
}

export function reference(locale: Locale, operations: readonly Operation[], servers: readonly string[]): Html {
  const groups = [...Map.groupBy(operations, ({ group }) => group)]
  return html`<a class="skip" href="#main">${message(locale, 'http.api-reference.skip')}</a>
<div class="page">
<header>
<h1>${message(locale, 'http.api-reference.title')}</h1>
<p class="lead">${message(locale, 'http.api-reference.lead')}</p>
${facts(locale, servers)}
</header>
<div class="columns">
<nav class="contents" aria-labelledby="contents"><p id="contents">${message(locale, 'http.api-reference.contents')}</p>
<ul>${groups.map(([name]) => html`<li><a href="#${name}"><code>${name}</code></a></li>`)}</ul></nav>
<main id="main" tabindex="-1">
${groups.map(
  ([name, here]) => html`<section aria-labelledby="${name}"><h2 id="${name}">${name}</h2>
<div class="operations">${here.map((operation) => described(locale, operation))}</div></section>
`,
)}</main>
</div>
</div>`
}

function facts(locale: Locale, servers: readonly string[]): Html {
  return html`<dl class="facts">
<div><dt>${message(locale, 'http.api-reference.addresses')}</dt><dd>${servers.map((url) => html`<div>${code(url)}</div>`)}</dd></div>
<div><dt>${message(locale, 'http.api-reference.token')}</dt><dd>${code('Authorization: Bearer …')}</dd></div>
<div><dt>${message(locale, 'http.api-reference.refusals')}</dt><dd>${message(locale, 'http.api-reference.refusals-told')}</dd></div>
<div><dt>${message(locale, 'http.api-reference.machines')}</dt><dd><a href="${openapiPath}">OpenAPI 3.1</a></dd></div>
</dl>`
}

function described(locale: Locale, operation: Operation): Html {
  const { id, method, path: address, summary, queryable, body } = operation
  return html`<details class="operation" id="${id}">
<summary><h3><span class="method ${method.toLowerCase()}">${method}</span> ${code(address)}</h3><span class="told" lang="en">${summary}</span></summary>
<dl class="more">
${whoMay(locale, operation)}${queryable && options(locale, queryable)}${body && properties(locale, jsonSchema(body))}</dl>
</details>
`
}

function whoMay(locale: Locale, { scopes, who, roles, opensToApps }: Operation): Html {
  const people = who === 'roles' ? roles : [message(locale, who === 'members' ? 'http.api-reference.members' : 'http.api-reference.anyone')]
  return html`${scopes.length > 0 && fact(message(locale, 'http.api-reference.scopes'), list(scopes.map(code)))}
${fact(message(locale, who === 'roles' ? 'http.api-reference.roles' : 'http.api-reference.people'), list(people))}
${fact(message(locale, 'http.api-reference.apps'), message(locale, opensToApps ? 'http.api-reference.apps-may' : 'http.api-reference.apps-may-not'))}`
}

function options(locale: Locale, { properties: asked, selectable, expandable = [] }: Queryable): Html {
  const named = (which: 'sortable' | 'searchable') => Object.keys(asked).filter((name) => asked[name]?.[which])
  const choices = { $select: selectable, $expand: expandable, $search: named('searchable'), $orderby: named('sortable') }
  const filters = Object.entries(asked).map(([name, { operators = [], advanced = [] }]) => [
    code(name),
    [...operators, ...advanced.map((operator) => `${operator}*`)].join(', '),
  ])
  return html`${Object.entries(choices).map(([option, names]) => names.length > 0 && fact(code(option), inOneLine(names)))}${
    filters.length > 0 &&
    fact(
      code('$filter'),
      table([message(locale, 'http.api-reference.property'), message(locale, 'http.api-reference.operators')], filters),
      message(locale, 'http.api-reference.eventual'),
    )
  }`
}

function properties(locale: Locale, { properties: named = {}, required = [] }: JsonSchema): Html {
  const rows = Object.entries(named).flatMap(([name, schema]) => {
    if (typeof schema === 'boolean' || schema.readOnly) return []
    const mark = required.includes(name) && html` <span class="required">${message(locale, 'http.api-reference.required')}</span>`
    return [[[code(name), mark], kindOf(schema)]]
  })
  const heads = [message(locale, 'http.api-reference.property'), message(locale, 'http.api-reference.kind')]
  return html`${rows.length > 0 && fact(message(locale, 'http.api-reference.body'), table(heads, rows))}`
}

/** `string ≤ 256 | null`: short, and the same in every language. */
function kindOf(schema: JsonSchema | boolean): string {
  if (typeof schema === 'boolean') return '…'
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf) return schema.anyOf.map(kindOf).join(' | ')
  if (schema.type === 'array') return `${typeof schema.items === 'object' && !Array.isArray(schema.items) ? kindOf(schema.items) : '…'} []`
  if (schema.format) return schema.format
  return `${schema.type ?? '…'}${schema.maxLength === undefined ? '' : ` ≤ ${schema.maxLength}`}`
}

function fact(name: Part, value: Part, note?: string): Html {
  return html`<div><dt>${name}</dt><dd class="wide">${value}${note !== undefined && html`<p>${note}</p>`}</dd></div>
`
}

function list(items: readonly Part[]): Html {
  return html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`
}

function inOneLine(names: readonly string[]): Html {
  return html`${names.map((name, index) => [index > 0 && ', ', code(name)])}`
}

function table(heads: readonly string[], rows: readonly (readonly Part[])[]): Html {
  return html`<table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows.map(
    ([name, ...cells]) => html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table>`
}

function code(text: string): Html {
  return html`<code>${text}</code>`
}
