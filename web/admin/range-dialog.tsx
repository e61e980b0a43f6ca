import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { FieldProblem, Form, SubmitButton } from '../kit/form.tsx'
import { TextField } from '../kit/text-field.tsx'
import { useDraft } from '../kit/use-draft.ts'
import { message } from '../kit/words/message.ts'

interface RangeDialogProps {
  from: string
  to: string
  onChoose: (from: string, to: string) => void
  onClose: () => void
}

/** From which day to which; either may be left open. */
export default function RangeDialog({ from, to, onChoose, onClose }: RangeDialogProps) {
  const [first, setFirst, forgetFirst] = useDraft('range-from', from)
  const [last, setLast, forgetLast] = useDraft('range-to', to)
  const choose = async () => {
    if (first && last && first > last) throw new FieldProblem('to', message('web.admin.period.backwards'))
    forgetFirst()
    forgetLast()
    onChoose(first, last)
  }
  return (
    <Dialog title={message('web.admin.period.choose')} onClose={onClose}>
      <Form onSubmit={choose}>
        <TextField label={message('web.admin.period.first')} name="from" type="date" value={first} onChange={setFirst} />
        <TextField label={message('web.admin.period.last')} name="to" type="date" value={last} onChange={setLast} />
        <div className="dialog-buttons">
          <Button kind="quiet" onPress={onClose}>
            {message('web.kit.dialog.cancel')}
          </Button>
          <SubmitButton>{message('web.admin.period.show')}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
