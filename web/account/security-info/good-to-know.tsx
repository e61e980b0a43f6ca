import { LifeBuoy, ShieldCheck, Smartphone } from 'lucide-react'
import type { SecurityInfoBody } from '#contract/graph/security-info.ts'
import { message } from '../../kit/words/message.ts'

/** S30, how good a text is, and who helps. */
export function GoodToKnow({ info: { organization } }: { info: SecurityInfoBody }) {
  const { displayName, note, technicalNotificationMails } = organization
  const values = { organisation: `\u2068${displayName}\u2069` }
  return (
    <section className="stack" aria-labelledby="good-to-know">
      <h2 id="good-to-know">{message('web.account.security-info.know.title')}</h2>
      <ul className="know">
        <li>
          <Smartphone className="icon" aria-hidden="true" />
          <p>{message('web.account.security-info.know.access', values)}</p>
        </li>
        <li>
          <ShieldCheck className="icon" aria-hidden="true" />
          <p>{message('web.account.security-info.know.weakest')}</p>
        </li>
        <li>
          <LifeBuoy className="icon" aria-hidden="true" />
          <div>
            <p>{message('web.account.security-info.know.help', values)}</p>
            {note !== null && <p className="soft">{note}</p>}
            {technicalNotificationMails.map((address) => (
              <p key={address}>
                <a className="ltr" href={`mailto:${address}`}>
                  {address}
                </a>
              </p>
            ))}
          </div>
        </li>
      </ul>
    </section>
  )
}
