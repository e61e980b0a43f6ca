import { Button } from './button.tsx'
import { showToast } from './toasts.tsx'
import { message } from './words/message.ts'

/** An id to be passed on, with a button that copies it. */
export function CopyLine({ label, text }: { label: string; text: string }) {
  const copy = async () => {
    // Some browsers keep the clipboard to themselves; the text stands there to be marked.
    const isCopied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    )
    if (isCopied) showToast(message('web.kit.error.copied'))
  }
  return (
    <span className="fact-line">
      <code className="ltr small">{text}</code>
      <Button kind="plain" aria-label={`${message('web.kit.error.copy')}: ${label}`} onPress={() => void copy()}>
        {message('web.kit.error.copy')}
      </Button>
    </span>
  )
}
