import { useEffect, useState } from 'react'
import { api } from '../../../kit/api/api.ts'
import { ApiError } from '../../../kit/api/api-error.ts'
import { RadioGroup } from '../../../kit/radio-group.tsx'
import { Select } from '../../../kit/select.tsx'
import { setting } from '../../../kit/setting.ts'
import { currentLocale, nameOfLanguage } from '../../../kit/words/locale.ts'
import { message } from '../../../kit/words/message.ts'
import type { TypedBranding } from './branding-form.tsx'

const restMs = 250

/**
 * The sign-in page itself, drawn by the server with what is typed. It stands in a frame that runs nothing and leads nowhere, and is held to the
 * policy of this page, so its styles carry the mark of this page.
 */
export function Preview({ typed }: { typed: Partial<TypedBranding> }) {
  const [locale, setLocale] = useState<string>(currentLocale())
  const [scheme, setScheme] = useState<'light' | 'dark'>(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
  const address = useDrawn(JSON.stringify({ ...typed, locale, scheme }))
  return (
    <section className="preview" aria-label={message('web.admin.settings.branding.preview')}>
      <h2>{message('web.admin.settings.branding.preview')}</h2>
      <div className="settings-pair">
        <Select
          label={message('web.admin.settings.branding.language')}
          name="preview-language"
          options={setting().languages.map((language) => ({ value: language, text: nameOfLanguage(language) }))}
          value={locale}
          onChange={setLocale}
        />
        <RadioGroup
          label={message('web.admin.settings.branding.scheme')}
          name="preview-scheme"
          value={scheme}
          onChange={setScheme}
          choices={[
            { value: 'light', label: message('web.admin.settings.branding.light') },
            { value: 'dark', label: message('web.admin.settings.branding.dark') },
          ]}
        />
      </div>
      {address && (
        <iframe className="preview-frame" sandbox="" inert src={address} title={message('web.admin.settings.branding.preview')} />
      )}
    </section>
  )
}

/** Where the page that was drawn stands; what cannot be drawn yet, such as half a colour, leaves the one before. */
function useDrawn(question: string): string | undefined {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    let isOld = false
    const timer = setTimeout(async () => {
      try {
        const { html } = await api.ask<{ html: string }>('/sesam/v1/branding/preview', {
          ...JSON.parse(question),
          styleNonce: styleNonce(),
        })
        if (!isOld) setAddress(URL.createObjectURL(new Blob([html], { type: 'text/html' })))
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
      }
    }, restMs)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [question])
  useEffect(() => () => (address === undefined ? undefined : URL.revokeObjectURL(address)), [address])
  return address
}

function styleNonce(): string {
  return document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}
