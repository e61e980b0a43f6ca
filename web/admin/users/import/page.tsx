import { LinkButton } from '../../../kit/link.tsx'
import { Page } from '../../../kit/page.tsx'
import { useAddress } from '../../../kit/routing/address.ts'
import { message } from '../../../kit/words/message.ts'
import { UsersSections } from '../users-sections.tsx'
import { EarlierImports } from './earlier-imports.tsx'
import { ImportWizard } from './import-wizard.tsx'
import { RunningImport } from './running-import.tsx'
import './import.css'

/** People from a file: what would happen is told before anything does. The address names the import that is under way. */
export default function ImportPage() {
  const query = useAddress().searchParams
  const run = query.get('run')
  return (
    <Page title={message('web.admin.users.import.label')} lead={message('web.admin.users.import.lead')}>
      <UsersSections />
      {run === null ? (
        <ImportWizard />
      ) : (
        <>
          <RunningImport key={run} id={run} rows={Number(query.get('of') ?? Number.NaN)} />
          <div>
            <LinkButton to="/admin/users/import">{message('web.admin.users.import.another')}</LinkButton>
          </div>
        </>
      )}
      <EarlierImports />
    </Page>
  )
}
