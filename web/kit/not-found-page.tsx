import { LinkButton } from './link.tsx'
import { Page } from './page.tsx'
import { thisApp } from './session/tokens.ts'
import { message } from './words/message.ts'

export function NotFoundPage() {
  return (
    <Page title={message('web.kit.not-found.title')} lead={message('web.kit.not-found.told')}>
      <div className="row">
        <LinkButton to={thisApp().path}>{message('web.kit.not-found.back')}</LinkButton>
      </div>
    </Page>
  )
}
