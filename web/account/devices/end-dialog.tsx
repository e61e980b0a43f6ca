import type { OwnSessionBody } from '#contract/graph/own-sessions.ts'
import { api } from '../../kit/api/api.ts'
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx'
import { session } from '../../kit/session/session.ts'
import { showToast } from '../../kit/toasts.tsx'
import { countMessage, message } from '../../kit/words/message.ts'
import { placeText } from '../place-text.ts'

interface EndDialogProps {
  /** The id of a session, `others` or `everywhere`. */
  what: string
  sessions: readonly OwnSessionBody[]
  onClose: () => void
}

export function EndDialog({ what, sessions, onClose }: EndDialogProps) {
  if (what === 'others') return <EndOthers onClose={onClose} />
  if (what === 'everywhere') return <EndEverywhere onClose={onClose} />
  const one = sessions.find(({ id, isCurrent }) => id === what && !isCurrent)
  return one ? <EndOne device={one} onClose={onClose} /> : null
}

function EndOne({ device, onClose }: { device: OwnSessionBody; onClose: () => void }) {
  const place = placeText(device)
  const end = async () => {
    await api.delete(`/sesam/v1/me/sessions/${encodeURIComponent(device.id)}`)
    showToast(message('web.account.devices.one.done', { place }))
  }
  return (
    <ConfirmDialog
      title={message('web.account.devices.one.title', { place })}
      confirmLabel={message('web.account.devices.sign-out')}
      onConfirm={end}
      onClose={onClose}
    >
      <p>{message('web.account.devices.one.told')}</p>
    </ConfirmDialog>
  )
}

function EndOthers({ onClose }: { onClose: () => void }) {
  const end = async () => {
    const { endedSessions } = await api.post<{ endedSessions: number }>('/sesam/v1/me/sessions/endOthers')
    showToast(countMessage('web.account.devices.others.done', endedSessions))
  }
  return (
    <ConfirmDialog
      title={message('web.account.devices.others.title')}
      confirmLabel={message('web.account.devices.others.confirm')}
      isDangerous
      onConfirm={end}
      onClose={onClose}
    >
      <p>{message('web.account.devices.others.told')}</p>
    </ConfirmDialog>
  )
}

function EndEverywhere({ onClose }: { onClose: () => void }) {
  const end = async () => {
    await api.post('/v1.0/me/revokeSignInSessions')
    session.signOut()
  }
  return (
    <ConfirmDialog
      title={message('web.account.devices.everywhere.title')}
      confirmLabel={message('web.account.devices.everywhere.confirm')}
      isDangerous
      onConfirm={end}
      onClose={onClose}
    >
      <p>{message('web.account.devices.everywhere.told')}</p>
    </ConfirmDialog>
  )
}
