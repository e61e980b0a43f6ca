import type { OrganizationBody } from '#contract/graph/organization.ts'
import { locales } from '#contract/locale.ts'
import { api } from '../../../kit/api/api.ts'
import { ComboBox } from '../../../kit/combo-box.tsx'
import { Form } from '../../../kit/form.tsx'
import { Select } from '../../../kit/select.tsx'
import { TextArea } from '../../../kit/text-area.tsx'
import { TextField } from '../../../kit/text-field.tsx'
import { showToast } from '../../../kit/toasts.tsx'
import { nameOfLanguage } from '../../../kit/words/locale.ts'
import { message } from '../../../kit/words/message.ts'
import { byName, countryName } from '../countries/country-names.ts'
import { SaveButtons } from '../save-buttons.tsx'
import { useSettings } from '../use-settings.ts'

type Saved = Pick<OrganizationBody, 'displayName' | 'countryLetterCode' | 'preferredLanguage' | 'technicalNotificationMails'>

const mailFields = Object.fromEntries(
  Array.from({ length: 50 }, (_, index) => [`technicalNotificationMails/${index}`, 'technicalNotificationMails']),
)

/** What an organisation is called, where it is, which language it speaks first, and whom to tell of trouble. */
export function OrganisationForm({ organization, countries }: { organization: OrganizationBody; countries: readonly string[] }) {
  const { id, displayName, countryLetterCode, preferredLanguage, technicalNotificationMails } = organization
  const saved = { displayName, countryLetterCode, preferredLanguage, technicalNotificationMails }
  const { values, changes, isChanged, set, forget } = useSettings<Saved>(saved)
  const save = async () => {
    await api.patch(`/v1.0/organization/${id}`, changes)
    forget()
    showToast(message('web.admin.settings.saved'))
  }
  return (
    <Form onSubmit={save} fieldOf={mailFields}>
      <TextField
        label={message('web.admin.settings.organisation.name')}
        name="displayName"
        value={values.displayName}
        onChange={set('displayName')}
        hint={message('web.admin.settings.organisation.name-hint')}
        maxLength={256}
        isRequired
      />
      <div className="settings-pair">
        {countries.length > 0 && (
          <ComboBox
            label={message('web.admin.settings.organisation.country')}
            name="countryLetterCode"
            options={byName(countries).map((country) => ({ value: country, text: countryName(country) }))}
            value={values.countryLetterCode ?? undefined}
            onChange={set('countryLetterCode')}
          />
        )}
        <Select
          label={message('web.admin.settings.organisation.language')}
          name="preferredLanguage"
          options={locales.map((locale) => ({ value: locale, text: nameOfLanguage(locale) }))}
          value={locales.find((locale) => locale === values.preferredLanguage)}
          onChange={set('preferredLanguage')}
        />
      </div>
      <p className="soft small">{message('web.admin.settings.organisation.country-told')}</p>
      <TextArea
        label={message('web.admin.settings.organisation.contacts')}
        name="technicalNotificationMails"
        value={values.technicalNotificationMails.join('\n')}
        onChange={(text) => set('technicalNotificationMails')(text === '' ? [] : text.split('\n'))}
        hint={message('web.admin.settings.organisation.contacts-hint')}
        rows={3}
        isLtr
      />
      <SaveButtons isChanged={isChanged} onUndo={forget} />
    </Form>
  )
}
