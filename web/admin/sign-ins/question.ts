import { identifierTypes, signInMethods, signInOutcomes } from '#contract/sign-in-log.ts'
import { all, quoted } from '../../kit/api/list-path.ts'

/** What the address of the log asks; every part of it can be shared as a link. */
export interface Asked {
  search: string
  outcome: string
  method: string
  app: string
  identifier: string
  person: string
  address: string
  code: string
}

/** The chips' values as one filter. What is none of ours is not asked. */
export function filterOf(asked: Asked): string | undefined {
  const { outcome, method, app, identifier, person, address, code } = asked
  return all(
    oneOf(signInOutcomes, outcome) && `outcome eq ${quoted(outcome)}`,
    oneOf(signInMethods, method) && `authenticationDetails/any(d:d/authenticationMethod eq ${quoted(method)})`,
    oneOf(identifierTypes, identifier) && `signInIdentifierType eq ${quoted(identifier)}`,
    guid.test(app) ? `appId eq ${quoted(app)}` : undefined,
    guid.test(person) ? `userId eq ${quoted(person)}` : undefined,
    address ? `ipAddress eq ${quoted(address)}` : undefined,
    /^\d{1,7}$/.test(code) ? `status/errorCode eq ${code}` : undefined,
    searched(asked.search.trim()),
  )
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const addressLike = /^(?:\d{1,3}\.[\d.]*|[0-9a-f]*:[0-9a-f:.]*)$/i

/** An id off an error page, the beginning of an address, or of a name. */
function searched(text: string): string | undefined {
  if (text === '') return undefined
  if (guid.test(text)) return `correlationId eq ${quoted(text)}`
  if (addressLike.test(text)) return `startsWith(ipAddress,${quoted(text)})`
  const byUserName = `startsWith(userPrincipalName,${quoted(text)})`
  return text.includes('@') ? byUserName : `${byUserName} or startsWith(userDisplayName,${quoted(text)})`
}

function oneOf(known: readonly string[], value: string): string | undefined {
  return known.includes(value) ? value : undefined
}
