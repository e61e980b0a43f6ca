import type { OrganizationalBrandingBody } from '#contract/graph/branding.ts'
import { api } from '../../../kit/api/api.ts'
import { Form } from '../../../kit/form.tsx'
import { TextArea } from '../../../kit/text-area.tsx'
import { showToast } from '../../../kit/toasts.tsx'
import { message } from '../../../kit/words/message.ts'
import { SaveButtons } from '../save-buttons.tsx'
import { useSettings } from '../use-settings.ts'
import { ColourField } from './colour-field.tsx'
import { LogoField, savedLogo } from './logo-field.tsx'
import { Preview } from './preview.tsx'
import './branding.css'

export interface TypedBranding {
  backgroundColor: string | null
  signInPageText: string | null
  /** A picture that was chosen, the one that is saved, or none. */
  bannerLogo: string | null
}

const noteMaxLength = 1024

/** Colour, logo and a sentence, beside the very page they are for. */
export function BrandingForm({ branding }: { branding: OrganizationalBrandingBody }) {
  const { backgroundColor, signInPageText, bannerLogoRelativeUrl } = branding
  const saved = { backgroundColor, signInPageText, bannerLogo: bannerLogoRelativeUrl === null ? null : savedLogo }
  const { values, changes, isChanged, set, forget } = useSettings<TypedBranding>(saved)
  const save = async () => {
    await api.patch('/sesam/v1/branding', changes)
    forget()
    showToast(message('web.admin.settings.branding.saved'))
  }
  return (
    <div className="branding">
      <Form onSubmit={save}>
        <ColourField value={values.backgroundColor} onChange={set('backgroundColor')} />
        <LogoField value={values.bannerLogo} onChange={set('bannerLogo')} />
        <TextArea
          label={message('web.admin.settings.branding.note')}
          name="signInPageText"
          value={values.signInPageText ?? ''}
          onChange={(text) => set('signInPageText')(text.replaceAll('\n', ' ') || null)}
          hint={message('web.admin.settings.branding.note-hint')}
          rows={3}
          maxLength={noteMaxLength}
        />
        <SaveButtons isChanged={isChanged} onUndo={forget} />
      </Form>
      <Preview typed={changes} />
    </div>
  )
}
