import { Download } from 'lucide-react'
import { useState } from 'react'
import { type ApiPath, api } from './api/api.ts'
import { ApiError } from './api/api-error.ts'
import { Button } from './button.tsx'
import { showToast } from './toasts.tsx'
import { message } from './words/message.ts'

interface ExportButtonProps {
  path: ApiPath
  /** What the file is called. */
  name: string
  /** What is in it, where several stand on a page. */
  of?: string
}

/** Keeps what an address of the API answers as a file. */
export function ExportButton({ path, name, of }: ExportButtonProps) {
  const [isBusy, setBusy] = useState(false)
  const keep = async () => {
    setBusy(true)
    try {
      save(await api.file(path), name)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      showToast(error.message)
    } finally {
      setBusy(false)
    }
  }
  const label = message('web.kit.export.csv')
  return (
    <Button
      kind="quiet"
      isBusy={isBusy}
      icon={<Download className="icon" aria-hidden="true" />}
      onPress={() => void keep()}
      {...(of !== undefined && { 'aria-label': `${label}: ${of}` })}
    >
      {label}
    </Button>
  )
}

/** A browser begins to read a file some time after the link to it was pressed. */
const readMs = 60_000

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), readMs)
}
