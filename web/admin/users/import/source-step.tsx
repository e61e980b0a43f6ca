import { FileUp } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { Banner } from '../../../kit/banner.tsx'
import { Button } from '../../../kit/button.tsx'
import { TextArea } from '../../../kit/text-area.tsx'
import { message } from '../../../kit/words/message.ts'
import { type CsvTable, readTable } from './csv-table.ts'

/** A file that is chosen or dropped here, or rows pasted out of a spreadsheet. */
export function SourceStep({ onRead }: { onRead: (table: CsvTable) => void }) {
  const [pasted, setPasted] = useState('')
  const [isEmpty, setEmpty] = useState(false)
  const take = (text: string) => {
    const table = readTable(text)
    if (table.rows.length === 0) setEmpty(true)
    else onRead(table)
  }
  return (
    <>
      <p className="soft">{message('web.admin.users.import.source.told')}</p>
      {isEmpty && (
        <Banner tone="bad" isNews>
          {message('web.admin.users.import.source.empty')}
        </Banner>
      )}
      <DropPlace onFile={async (file) => take(await file.text())} />
      <TextArea
        label={message('web.admin.users.import.source.paste')}
        name="csv"
        value={pasted}
        onChange={setPasted}
        hint={message('web.admin.users.import.source.paste-hint')}
        rows={6}
        isLtr
      />
      <div className="row">
        <Button onPress={() => take(pasted)}>{message('web.kit.wizard.next')}</Button>
      </div>
    </>
  )
}

function DropPlace({ onFile }: { onFile: (file: File) => Promise<void> }) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) void onFile(file)
  }
  const over = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the mouse; the button inside does the same
    <div className="drop-place" data-over={isOver || undefined} onDrop={drop} onDragOver={over} onDragLeave={() => setOver(false)}>
      <FileUp className="icon" aria-hidden="true" />
      <p>{message('web.admin.users.import.source.drop')}</p>
      <Button kind="quiet" onPress={() => input.current?.click()}>
        {message('web.admin.users.import.source.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
        aria-label={message('web.admin.users.import.source.choose')}
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file) void onFile(file)
          target.value = ''
        }}
      />
    </div>
  )
}
