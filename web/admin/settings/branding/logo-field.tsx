import { useId, useRef, useState } from 'react'
import { Button } from '../../../kit/button.tsx'
import { message } from '../../../kit/words/message.ts'

/** Stands for the logo that is saved and was not changed. */
export const savedLogo = 'saved'

const logoMaxBytes = 50 * 1024

interface LogoFieldProps {
  value: string | null
  onChange: (value: string | null) => void
}

/** A picture from this device. It is only shown, until it is saved. */
export function LogoField({ value, onChange }: LogoFieldProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState('')
  const take = async (file: File | undefined) => {
    if (!file) return
    const isFine = ['image/png', 'image/jpeg'].includes(file.type) && file.size <= logoMaxBytes
    setProblem(isFine ? '' : message('web.admin.settings.branding.logo-wrong'))
    if (isFine) onChange(await addressOf(file))
  }
  return (
    <div className="field">
      <label htmlFor={id}>{message('web.admin.settings.branding.logo')}</label>
      {problem && (
        <p className="error" role="alert">
          {problem}
        </p>
      )}
      {value !== null && value !== savedLogo && (
        <img className="logo-chosen" src={value} alt={message('web.admin.settings.branding.logo-new')} />
      )}
      <div className="settings-buttons">
        <input
          ref={input}
          id={id}
          name="bannerLogo"
          type="file"
          accept="image/png,image/jpeg"
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => void take(target.files?.[0])}
        />
        {value !== null && (
          <Button
            kind="plain"
            onPress={() => {
              if (input.current) input.current.value = ''
              onChange(null)
            }}
          >
            {message('web.admin.settings.branding.logo-remove')}
          </Button>
        )}
      </div>
      <p id={`${id}-hint`} className="hint">
        {message('web.admin.settings.branding.logo-hint')}
      </p>
    </div>
  )
}

function addressOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
}
