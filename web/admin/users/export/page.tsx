import { useState } from 'react'
import { CheckboxGroup } from '../../../kit/checkbox-group.tsx'
import { ExportButton } from '../../../kit/export-button.tsx'
import { Page } from '../../../kit/page.tsx'
import { message } from '../../../kit/words/message.ts'
import { type ColumnName, columnNames, columns } from '../import/columns.ts'
import { UsersSections } from '../users-sections.tsx'
import './export.css'

/** Those that a file out of here can have: groups are many, and stand on pages of their own. */
const takenOut = columnNames.filter((name) => name !== 'groups')
const usual: readonly ColumnName[] = ['userPrincipalName', 'displayName', 'department', 'authenticationPhone', 'signIn']

/** People as a file, in the columns of an import. The audit log tells who took it. */
export default function ExportPage() {
  const [chosen, setChosen] = useState<readonly ColumnName[]>(usual)
  return (
    <Page title={message('web.admin.users.export.label')} lead={message('web.admin.users.export.lead')}>
      <UsersSections />
      <div className="export-columns">
        <CheckboxGroup
          label={message('web.admin.users.export.columns')}
          name="columns"
          choices={takenOut.map((name) => ({ value: name, label: message(columns[name].label) }))}
          values={chosen}
          onChange={setChosen}
        />
      </div>
      {chosen.length > 0 && (
        <div>
          <ExportButton path={`/sesam/v1/users/export?$select=${chosen.join()}`} name="people.csv" of={message('web.admin.users.label')} />
        </div>
      )}
      <p className="soft small">{message('web.admin.users.export.told')}</p>
    </Page>
  )
}
