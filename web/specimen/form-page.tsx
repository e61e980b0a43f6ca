import { lazy, Suspense, useState } from 'react'
import type { OrganizationBody } from '#contract/graph/organization.ts'
import type { UserBody } from '#contract/graph/users.ts'
import { api } from '../kit/api/api.ts'
import { useResource } from '../kit/api/use-resource.ts'
import { Button } from '../kit/button.tsx'
import { CodeField } from '../kit/code-field.tsx'
import { ConfirmDialog } from '../kit/confirm-dialog.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { FieldProblem, Form, SubmitButton } from '../kit/form.tsx'
import { Page } from '../kit/page.tsx'
import { RadioGroup } from '../kit/radio-group.tsx'
import { ResourceView } from '../kit/resource-view.tsx'
import { useDialogAddress } from '../kit/routing/address.ts'
import { Select } from '../kit/select.tsx'
import { TextField } from '../kit/text-field.tsx'
import { showToast } from '../kit/toasts.tsx'
import { useDraft } from '../kit/use-draft.ts'
import { WizardStep } from '../kit/wizard.tsx'

const CountryBox = lazy(() => import('./country-box.tsx'))

export default function FormPage() {
  const me = useResource<UserBody>('/v1.0/me')
  const organization = useResource<{ value: OrganizationBody[] }>('/v1.0/organization')
  const [dialog, open, close] = useDialogAddress('dialog')
  return (
    <Page title="A form in a dialog">
      <ResourceView of={me}>{({ preferredLanguage }) => <p>Language: {preferredLanguage ?? 'none'}</p>}</ResourceView>
      <ResourceView of={organization}>{({ value }) => <p>Organisation: {value[0]?.displayName}</p>}</ResourceView>
      <div className="row">
        <Button onPress={() => open('edit')}>Edit</Button>
        <Button kind="danger" onPress={() => open('delete')}>
          Delete
        </Button>
        <Button kind="plain" onPress={async () => Promise.reject(new Error('a mistake'))}>
          Make a mistake
        </Button>
        <Button kind="plain" onPress={async () => api.patch('/v1.0/me', { displayName: '' })}>
          Ask for too much
        </Button>
      </div>
      {dialog === 'edit' && <EditDialog onClose={close} />}
      {dialog === 'delete' && (
        <ConfirmDialog
          title="Delete this number?"
          confirmLabel="Delete"
          isDangerous
          onClose={close}
          onConfirm={() => api.patch('/v1.0/me', { preferredLanguage: 'nl' })}
        >
          <p>Your default becomes the other one.</p>
        </ConfirmDialog>
      )}
    </Page>
  )
}

function EditDialog({ onClose }: { onClose: () => void }) {
  const [language, setLanguage, forget] = useDraft('specimen.language', '')
  const [step, setStep] = useState(1)
  const save = async () => {
    if (language === 'elvish') throw new FieldProblem('preferredLanguage', 'Nobody here speaks that.')
    await api.patch('/v1.0/me', { preferredLanguage: language })
    forget()
    showToast('Saved')
    setStep(2)
  }
  return (
    <Dialog title="Edit" onClose={onClose}>
      {step === 1 ? (
        <WizardStep step={1} of={2} title="Which language">
          <Form onSubmit={save}>
            <TextField
              label="Language"
              name="preferredLanguage"
              value={language}
              onChange={setLanguage}
              hint="Such as nl-NL"
              isRequired
              isLtr
            />
            <Choices />
            <div className="form-buttons">
              <SubmitButton>Save</SubmitButton>
              <Button kind="quiet" onPress={onClose}>
                Cancel
              </Button>
            </div>
          </Form>
        </WizardStep>
      ) : (
        <WizardStep step={2} of={2} title="Type the code">
          <Form onSubmit={async () => onClose()}>
            <CodeField label="Code of six digits" onComplete={onClose} />
            <SubmitButton>Next</SubmitButton>
          </Form>
        </WizardStep>
      )}
    </Dialog>
  )
}

function Choices() {
  const [way, setWay] = useState<'text' | 'call'>('text')
  const [kind, setKind] = useState<'mobile' | 'office'>()
  return (
    <>
      <RadioGroup
        label="How"
        name="way"
        value={way}
        onChange={setWay}
        choices={[
          { value: 'text', label: 'Text me a code', note: 'Costs nothing' },
          { value: 'call', label: 'Call me' },
        ]}
      />
      <Select
        label="Kind"
        name="kind"
        value={kind}
        onChange={setKind}
        placeholder="Choose one"
        options={[
          { value: 'mobile', text: 'Mobile' },
          { value: 'office', text: 'Office' },
        ]}
      />
      <Suspense>
        <CountryBox />
      </Suspense>
    </>
  )
}
