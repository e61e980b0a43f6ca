import { Button } from './button.tsx'
import { showToast } from './toasts.tsx'
import { message } from './words/message.ts'

/** What a helpdesk needs to find the request in the log. */
export function SupportId({ id }: { id: string }) {
  const copy = async () => {
    // Some browsers keep the clipboard to themselves; the number stands there to be read out.
    const isCopied = await navigator.clipboard?.writeText(id).then(
      () => true,
      () => false,
    )
    if (isCopied) showToast(message('web.kit.error.copied'))
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
