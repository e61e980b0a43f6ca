import { Trash2 } from 'lucide-react'
import type { Channel } from '#contract/graph/gateways.ts'
import { api } from '../../kit/api/api.ts'
import { Button } from '../../kit/button.tsx'
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx'
import { useDialogAddress } from '../../kit/routing/address.ts'
import { showToast } from '../../kit/toasts.tsx'
import { message } from '../../kit/words/message.ts'

/** Back to what the installation sends by. */
export function RemoveGateway({ channel }: { channel: Channel }) {
  const [asked, ask, close] = useDialogAddress('remove')
  const remove = async () => {
    await api.delete(`/sesam/v1/gateways/${channel}`)
    showToast(message('web.admin.settings.gateway.removed'))
  }
  return (
    <div>
      <Button kind="plain" icon={<Trash2 className="icon" aria-hidden="true" />} onPress={() => ask(channel)}>
        {message('web.admin.settings.gateway.remove')}
      </Button>
      {asked !== undefined && (
        <ConfirmDialog
          title={message('web.admin.settings.gateway.remove-title')}
          confirmLabel={message('web.admin.settings.gateway.remove-yes')}
          isDangerous
          onConfirm={remove}
          onClose={close}
        >
          <p>{message('web.admin.settings.gateway.remove-told')}</p>
        </ConfirmDialog>
      )}
    </div>
  )
}
