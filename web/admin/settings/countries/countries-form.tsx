import type { SignInSettingsBody } from '#contract/graph/sign-in-settings.ts'
import type { SpendingBody } from '#contract/graph/spending.ts'
import { api } from '../../../kit/api/api.ts'
import { FieldProblem, Form } from '../../../kit/form.tsx'
import { RadioGroup } from '../../../kit/radio-group.tsx'
import { TextField } from '../../../kit/text-field.tsx'
import { showToast } from '../../../kit/toasts.tsx'
import { message } from '../../../kit/words/message.ts'
import { countText } from '../../../kit/words/numbers.ts'
import { SaveButtons } from '../save-buttons.tsx'
import { useSettings } from '../use-settings.ts'
import { CountryPicker } from './country-picker.tsx'

type Saved = Pick<SignInSettingsBody, 'textCountries' | 'callCountries' | 'textsADay'>

/** Where texts and calls may go, and how many texts in a day. */
export function CountriesForm({ settings, spending }: { settings: SignInSettingsBody; spending: SpendingBody }) {
  const { textCountries, callCountries, textsADay } = settings
  const { values, changes, isChanged, set, forget } = useSettings<Saved>({ textCountries, callCountries, textsADay })
  const save = async () => {
    for (const name of ['textCountries', 'callCountries'] as const)
      if (values[name]?.length === 0) throw new FieldProblem(name, message('web.admin.settings.countries.choose-one'))
    await api.patch('/sesam/v1/signInSettings', changes)
    forget()
    showToast(message('web.admin.settings.saved'))
  }
  const reached = (may: 'mayGetTexts' | 'mayGetCalls') => spending.countries.filter((row) => row[may]).map(({ country }) => country)
  return (
    <Form onSubmit={save}>
      <fieldset className="settings-group">
        <legend>{message('web.admin.settings.countries.texts-go')}</legend>
        <Where
          name="textCountries"
          label={message('web.admin.settings.countries.texts-where')}
          usual={message('web.admin.settings.countries.texts-usual')}
          chosen={values.textCountries}
          start={reached('mayGetTexts')}
          all={spending.allCountries}
          onChange={set('textCountries')}
        />
      </fieldset>
      <fieldset className="settings-group">
        <legend>{message('web.admin.settings.countries.calls-go')}</legend>
        <Where
          name="callCountries"
          label={message('web.admin.settings.countries.calls-where')}
          usual={message('web.admin.settings.countries.calls-usual')}
          chosen={values.callCountries}
          start={reached('mayGetCalls')}
          all={spending.allCountries}
          onChange={set('callCountries')}
        />
      </fieldset>
      <Budget textsADay={values.textsADay} spending={spending} onChange={set('textsADay')} />
      <SaveButtons isChanged={isChanged} onUndo={forget} />
    </Form>
  )
}

interface BudgetProps {
  textsADay: number | null
  spending: SpendingBody
  onChange: (textsADay: number | null) => void
}

function Budget({ textsADay, spending, onChange }: BudgetProps) {
  return (
    <fieldset className="settings-group">
      <legend>{message('web.admin.settings.countries.budget')}</legend>
      <RadioGroup
        label={message('web.admin.settings.countries.budget-label')}
        name="budget"
        value={textsADay === null ? 'usual' : 'own'}
        onChange={(value) => onChange(value === 'usual' ? null : spending.textsADay)}
        choices={[
          {
            value: 'usual',
            label: message('web.admin.settings.countries.budget-usual'),
            note: message('web.admin.settings.countries.budget-usual-note'),
          },
          {
            value: 'own',
            label: message('web.admin.settings.countries.budget-own'),
            note: message('web.admin.settings.countries.budget-own-note', { count: countText(spending.textsUsed) }),
          },
        ]}
      />
      {textsADay !== null && (
        <TextField
          label={message('web.admin.settings.countries.texts-a-day')}
          name="textsADay"
          inputMode="numeric"
          value={String(textsADay || '')}
          onChange={(text) => onChange(Number(text.replaceAll(/\D/g, '')))}
          isRequired
        />
      )}
    </fieldset>
  )
}

interface WhereProps {
  name: 'textCountries' | 'callCountries'
  label: string
  usual: string
  chosen: string[] | null
  /** With what a list of one's own begins. */
  start: readonly string[]
  all: readonly string[]
  onChange: (countries: string[] | null) => void
}

function Where({ name, label, usual, chosen, start, all, onChange }: WhereProps) {
  return (
    <>
      <RadioGroup
        label={label}
        name={`${name}-mode`}
        value={chosen === null ? 'usual' : 'chosen'}
        onChange={(value) => onChange(value === 'usual' ? null : [...start])}
        choices={[
          { value: 'usual', label: usual },
          { value: 'chosen', label: message('web.admin.settings.countries.only-these') },
        ]}
      />
      {chosen && <CountryPicker name={name} all={all} chosen={chosen} onChange={onChange} />}
    </>
  )
}
