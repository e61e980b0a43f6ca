import { UserRound, Users, X } from 'lucide-react'
import { Button } from '../../../../kit/button.tsx'
import { Row, Rows } from '../../../../kit/rows.tsx'
import { Tick } from '../../../../kit/tick.tsx'
import { message } from '../../../../kit/words/message.ts'
import { type Excluded, everybodyId, type Target } from './configuration.ts'
import { useTargetNames } from './use-target-names.ts'

interface TargetRowsProps {
  targets: readonly Target[]
  onChange: (target: Target) => void
  onRemove: (id: string) => void
}

/** Whom a method is for, and for what: each with its own ticks. */
export function TargetRows({ targets, onChange, onRemove }: TargetRowsProps) {
  const { nameOf, detailOf } = useTargetNames(targets.map(({ id }) => id))
  if (targets.length === 0) return <p className="soft">{message('web.admin.policies.target.nobody')}</p>
  return (
    <Rows label={message('web.admin.policies.target.label')}>
      {targets.map((target) => (
        <Row
          key={target.id}
          icon={<KindIcon {...target} />}
          title={nameOf(target.id)}
          actions={target.id !== everybodyId && <RemoveButton name={nameOf(target.id)} onPress={() => onRemove(target.id)} />}
          more={
            <div className="row">
              {target.isUsableForSignIn !== undefined && (
                <Tick
                  label={message('web.admin.policies.target.sign-in')}
                  of={nameOf(target.id)}
                  isTicked={target.isUsableForSignIn}
                  onChange={(isUsableForSignIn) => onChange({ ...target, isUsableForSignIn })}
                />
              )}
              <Tick
                label={message('web.admin.policies.target.required')}
                of={nameOf(target.id)}
                isTicked={target.isRegistrationRequired}
                onChange={(isRegistrationRequired) => onChange({ ...target, isRegistrationRequired })}
              />
            </div>
          }
        >
          {detailOf(target.id)}
        </Row>
      ))}
    </Rows>
  )
}

/** Who is left out, whatever else includes them. */
export function ExcludedRows({ excluded, onRemove }: { excluded: readonly Excluded[]; onRemove: (id: string) => void }) {
  const { nameOf, detailOf } = useTargetNames(excluded.map(({ id }) => id))
  if (excluded.length === 0) return null
  return (
    <Rows label={message('web.admin.policies.excluded.label')}>
      {excluded.map((one) => (
        <Row
          key={one.id}
          icon={<KindIcon {...one} />}
          title={nameOf(one.id)}
          actions={<RemoveButton name={nameOf(one.id)} onPress={() => onRemove(one.id)} />}
        >
          {detailOf(one.id)}
        </Row>
      ))}
    </Rows>
  )
}

function KindIcon({ targetType }: Excluded) {
  const Icon = targetType === 'group' ? Users : UserRound
  return <Icon className="icon" aria-hidden="true" />
}

function RemoveButton({ name, onPress }: { name: string; onPress: () => void }) {
  return (
    <Button
      kind="quiet"
      aria-label={message('web.admin.policies.remove', { name })}
      icon={<X className="icon" aria-hidden="true" />}
      onPress={onPress}
    />
  )
}
