import { ChartColumn, Table2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { ApiPath } from '../../kit/api/api.ts'
import type { Resource } from '../../kit/api/use-resource.ts'
import { Button } from '../../kit/button.tsx'
import { Card } from '../../kit/card.tsx'
import { ExportButton } from '../../kit/export-button.tsx'
import { ResourceView } from '../../kit/resource-view.tsx'
import { Skeleton } from '../../kit/skeleton.tsx'
import { message } from '../../kit/words/message.ts'

interface ReportCardProps<T> {
  title: string
  note?: string
  of: Resource<T>
  /** A list of people has none. */
  picture?: (data: T) => ReactNode
  table: (data: T) => ReactNode
  file: { path: ApiPath; name: string }
  /** Across the whole page. */
  isWide?: boolean
}

/** One report: as a picture or as a table, and as a file. */
export function ReportCard<T>({ title, note, of, picture, table, file, isWide }: ReportCardProps<T>) {
  const [isTable, setTable] = useState(picture === undefined)
  const Icon = isTable ? ChartColumn : Table2
  const label = message(isTable ? 'web.admin.reports.as-picture' : 'web.admin.reports.as-table')
  return (
    <div className={isWide ? 'report wide' : 'report'}>
      <Card
        title={title}
        {...(note !== undefined && { note })}
        actions={
          <>
            {picture && (
              <Button
                kind="quiet"
                icon={<Icon className="icon" aria-hidden="true" />}
                aria-label={`${label}: ${title}`}
                onPress={() => setTable(!isTable)}
              >
                {label}
              </Button>
            )}
            <ExportButton path={file.path} name={file.name} of={title} />
          </>
        }
      >
        <ResourceView of={of} waiting={<Skeleton lines={6} />}>
          {(data) => (isTable || !picture ? table(data) : picture(data))}
        </ResourceView>
      </Card>
    </div>
  )
}
