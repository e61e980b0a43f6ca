import { ArrowRight, ShieldCheck, Sparkles } from 'lucide-react'
import type { SecurityInfoBody } from '#contract/graph/security-info.ts'
import type { Resource } from '../../kit/api/use-resource.ts'
import { Link, LinkButton } from '../../kit/link.tsx'
import { Skeleton } from '../../kit/skeleton.tsx'
import { countMessage, type MessageKey, message } from '../../kit/words/message.ts'
import { addressOf } from '../addresses.ts'
import { kinds } from '../security-info/kinds.ts'
import { Doorway } from './doorway.tsx'
import './security-tile.css'

/** The block people come for: how they sign in, what could be better, and the way to change it. */
export function SecurityTile({ info }: { info: Resource<SecurityInfoBody> }) {
  const { data, isLoading } = info
  return (
    <section className="security-tile">
      <div className="security-told">
        <h2>
          <ShieldCheck className="icon" aria-hidden="true" />
          {message('web.account.overview.security.title')}
        </h2>
        {data ? <Told info={data} /> : isLoading && <Skeleton lines={3} />}
        <div className="row">
          <LinkButton to={addressOf('/security-info')} kind="main">
            {message('web.account.overview.security.open')}
            <ArrowRight className="icon onward" aria-hidden="true" />
          </LinkButton>
        </div>
      </div>
      <Doorway isOpen={data !== undefined && nudgeIn(data) === undefined} />
    </section>
  )
}

function Told({ info }: { info: SecurityInfoBody }) {
  const { methods } = info
  const nudge = nudgeIn(info)
  return (
    <>
      <p className="security-fact">
        {methods.length > 0
          ? countMessage('web.account.overview.security.ways', methods.length)
          : message('web.account.overview.security.none')}
      </p>
      {methods.length > 0 && (
        <ul className="security-methods">
          {methods.map(({ id, kind }) => {
            const { label, icon: Icon } = kinds[kind]
            return (
              <li key={id}>
                <Icon className="icon" aria-hidden="true" />
                {message(label)}
              </li>
            )
          })}
        </ul>
      )}
      {nudge && (
        <p className="security-nudge">
          <Sparkles className="icon" aria-hidden="true" />
          <span>
            <Link to={addressOf(nudge.to)}>{message(nudge.act)}</Link> {message(nudge.why)}
          </span>
        </p>
      )}
    </>
  )
}

interface Nudge {
  act: MessageKey
  why: MessageKey
  to: string
}

/** One thing at a time, the easiest first, and where it is done. What can be had at all, the API says. */
function nudgeIn({ smsSignInOffer, methods, addable }: SecurityInfoBody): Nudge | undefined {
  if (smsSignInOffer) {
    const to = `/security-info?enable=${smsSignInOffer.methodId}`
    return { act: 'web.account.overview.security.offer.do', why: 'web.account.overview.security.offer.why', to }
  }
  if (addable.length === 0 || methods.length > 1) return undefined
  const to = '/security-info?add=choose'
  if (methods.length === 0) return { act: 'web.account.overview.security.first.do', why: 'web.account.overview.security.first.why', to }
  return { act: 'web.account.overview.security.second.do', why: 'web.account.overview.security.second.why', to }
}
