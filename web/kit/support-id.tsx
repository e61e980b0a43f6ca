import { Button } from './button.tsx'
import { showToast } from './toasts.tsx'
import { message } from './words/message.ts'

/** What a helpdesk needs to find the request in the log. */
export function SupportId({ id }: { id: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(id)
    showToast(message('web.kit.error.copied'))
  }
  return (
    <p className="small">
      {message('web.kit.error.support-id')} <code className="ltr">{id}</code>{' '}
      <Button kind="plain" onPress={() => void copy()}>
        {message('web.kit.error.copy')}
      </Button>
    </p>
  )
}
