import { useState } from 'react'
import type { OwnSignInBody, ReportedSignInBody } from '#contract/graph/own-sessions.ts'
import { api } from '../../kit/api/api.ts'
import { ApiError } from '../../kit/api/api-error.ts'
import { Banner } from '../../kit/banner.tsx'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { ErrorBanner } from '../../kit/error-banner.tsx'
import { Link } from '../../kit/link.tsx'
import { When } from '../../kit/when.tsx'
import { countMessage, message } from '../../kit/words/message.ts'
import { addressOf } from '../addresses.ts'
import { placeText } from '../place-text.ts'
import { whatText } from './sentences.ts'

interface ReportDialogProps {
  signIn: OwnSignInBody
  onReported: (id: string, reportedDateTime: string) => void
  onClose: () => void
}

/** "This wasn't me": what will happen, then what was done and what is left to do. */
export function ReportDialog({ signIn, onReported, onClose }: ReportDialogProps) {
  const [done, setDone] = useState<ReportedSignInBody>()
  if (done) return <Done done={done} onClose={onClose} />
  return (
    <Ask
      signIn={signIn}
      onClose={onClose}
      onDone={(answer) => {
        setDone(answer)
        onReported(answer.id, answer.reportedDateTime)
      }}
    />
  )
}

function Ask({ signIn, onDone, onClose }: { signIn: OwnSignInBody; onDone: (done: ReportedSignInBody) => void; onClose: () => void }) {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiError>()
  const report = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      onDone(await api.post<ReportedSignInBody>(`/sesam/v1/me/signIns/${encodeURIComponent(signIn.id)}/report`))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFailure(error)
      setBusy(false)
    }
  }
  return (
    <Dialog title={message('web.account.activity.report.title')} onClose={onClose}>
      <div className="stack">
        <p>
          <b>{whatText(signIn)}</b>
          <br />
          <span className="soft">
            <When instant={signIn.createdDateTime} isFirst />, {placeText(signIn)}
          </span>
        </p>
        <p>{message('web.account.activity.report.told')}</p>
        <ul className="plain-list">
          <li>{message('web.account.activity.report.ends-sessions')}</li>
          <li>{message('web.account.activity.report.forgets-browsers')}</li>
          <li>{message('web.account.activity.report.keeps')}</li>
        </ul>
      </div>
      {failure && <ErrorBanner error={failure} />}
      <div className="dialog-buttons">
        <Button kind="quiet" onPress={onClose}>
          {message('web.kit.dialog.cancel')}
        </Button>
        <Button kind="danger" isBusy={isBusy} onPress={() => void report()}>
          {message('web.account.activity.not-me')}
        </Button>
      </div>
    </Dialog>
  )
}

/** Where each next step is done; one that is done elsewhere is only told. */
const places: Readonly<Record<string, string>> = {
  changePassword: '/password',
  checkSecurityInfo: '/security-info',
  tellHelpDesk: '/organisations',
}

function Done({ done: { endedSessions, nextSteps }, onClose }: { done: ReportedSignInBody; onClose: () => void }) {
  return (
    <Dialog title={message('web.account.activity.report.done-title')} onClose={onClose}>
      <Banner tone="good" isNews>
        {endedSessions > 0
          ? countMessage('web.account.activity.report.ended', endedSessions)
          : message('web.account.activity.report.ended-none')}
      </Banner>
      <div className="stack">
        <h3>{message('web.account.activity.report.next')}</h3>
        <ul className="plain-list">
          {nextSteps.map(({ code, message: told }) => {
            const place = places[code]
            return <li key={code}>{place ? <Link to={addressOf(place)}>{told}</Link> : told}</li>
          })}
        </ul>
      </div>
      <div className="dialog-buttons">
        <Button onPress={onClose}>{message('web.kit.dialog.close')}</Button>
      </div>
    </Dialog>
  )
}
