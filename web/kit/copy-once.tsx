import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button.tsx'
import { message } from './words/message.ts'
import './copy-once.css'

interface CopyOnceProps {
  label: string
  /** Shown this once: whoever leaves the page does not see it again. */
  secret: string
}

/** A password, pass or secret that is told once, large enough to be read out. */
export function CopyOnce({ label, secret }: CopyOnceProps) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(secret)
    setCopied(true)
  }
  const Icon = isCopied ? Check : Copy
  return (
    <div className="copy-once">
      <p className="soft small">{label}</p>
      <output className="copy-secret" dir="ltr" aria-label={label}>
        {secret}
      </output>
      <Button kind="quiet" icon={<Icon className="icon" aria-hidden="true" />} onPress={() => void copy()}>
        {message(isCopied ? 'web.kit.copy.copied' : 'web.kit.copy.copy')}
      </Button>
      <p className="small">{message('web.kit.copy.once')}</p>
    </div>
  )
}
