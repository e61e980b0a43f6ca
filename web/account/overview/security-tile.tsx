import { ArrowRight, Building2, KeyRound, Mail, Phone, ShieldCheck, Smartphone, Sparkles } from 'lucide-react'
import type { MethodKind, SecurityInfoBody } from '#contract/graph/security-info.ts'
import type { Resource } from '../../kit/api/use-resource.ts'
import { LinkButton } from '../../kit/link.tsx'
import { Skeleton } from '../../kit/skeleton.tsx'
import { countMessage, type MessageKey, message } from '../../kit/words/message.ts'
import { addressOf } from '../addresses.ts'
import { Doorway } from './doorway.tsx'
import './security-tile.css'

const kinds = {
  phone: { name: 'web.account.overview.security.phone', icon: Smartphone },
  alternatePhone: { name: 'web.account.overview.security.alternate-phone', icon: Phone },
  officePhone: { name: 'web.account.overview.security.office-phone', icon: Building2 },
  email: { name: 'web.account.overview.security.email', icon: Mail },
  password: { name: 'web.account.overview.security.password', icon: KeyRound },
} as const satisfies Record<MethodKind, { name: MessageKey; icon: unknown }>

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
            const { name, icon: Icon } = kinds[kind]
            return (
              <li key={id}>
                <Icon className="icon" aria-hidden="true" />
                {message(name)}
              </li>
            )
          })}
        </ul>
      )}
      {nudge && (
        <p className="security-nudge">
          <Sparkles className="icon" aria-hidden="true" />
          {nudge}
        </p>
      )}
    </>
  )
}

/** One thing at a time, the easiest first. What can be had at all, the API says. */
function nudgeIn({ smsSignInOffer, methods, addable }: SecurityInfoBody): string | undefined {
  if (smsSignInOffer) return message('web.account.overview.security.offer')
  if (addable.length === 0) return undefined
  if (methods.length === 0) return message('web.account.overview.security.first')
  return methods.length === 1 ? message('web.account.overview.security.second') : undefined
}
