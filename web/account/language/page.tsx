import { Check } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { type Locale, locales } from '#contract/locale.ts'
import { api } from '../../kit/api/api.ts'
import { ApiError } from '../../kit/api/api-error.ts'
import { Banner } from '../../kit/banner.tsx'
import { ErrorBanner } from '../../kit/error-banner.tsx'
import { Page } from '../../kit/page.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { setting } from '../../kit/setting.ts'
import { Skeleton } from '../../kit/skeleton.tsx'
import { showToast } from '../../kit/toasts.tsx'
import { nameOfLanguage, useLocale } from '../../kit/words/locale.ts'
import { message } from '../../kit/words/message.ts'
import { setLocale } from '../../kit/words/set-locale.ts'
import { useProfile } from '../resources.ts'
import { spokenIn } from './spoken.ts'
import './language.css'

export default function LanguagePage() {
  const profile = useProfile()
  return (
    <Page title={message('web.account.language.title')} lead={message('web.account.language.lead')}>
      <ResourceView of={profile} waiting={<Skeleton lines={3} shape="card" />}>
        {({ preferredLanguage }) => <Choice kept={spokenIn(preferredLanguage)} />}
      </ResourceView>
      <p className="soft">{message('web.account.language.here-only')}</p>
    </Page>
  )
}

/** Each language says its own name, for whoever landed in one they cannot read. */
function Choice({ kept }: { kept: Locale | undefined }) {
  const page = useLocale()
  const [wanted, setWanted] = useState<Locale>()
  const [failure, setFailure] = useState<ApiError>()
  const current = kept ?? page
  const choose = async (locale: Locale) => {
    setWanted(locale)
    setFailure(undefined)
    try {
      await api.patch('/v1.0/me', { preferredLanguage: locale })
      await setLocale(locale)
      showToast(message('web.account.language.done'))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFailure(error)
    } finally {
      setWanted(undefined)
    }
  }
  return (
    <>
      {failure && <ErrorBanner error={failure} />}
      {current !== page && <Banner>{message('web.account.language.differs', { language: nameOfLanguage(current) })}</Banner>}
      <ul className="language-choice" aria-label={message('web.account.language.title')}>
        {locales
          .filter((one) => setting().languages.includes(one))
          .map((one) => (
            <li key={one}>
              <Button
                className="language"
                lang={one}
                aria-pressed={one === current}
                isPending={one === wanted}
                onPress={() => void choose(one)}
              >
                {nameOfLanguage(one)}
                {one === current && <Check className="icon" aria-hidden="true" />}
              </Button>
            </li>
          ))}
      </ul>
    </>
  )
}
