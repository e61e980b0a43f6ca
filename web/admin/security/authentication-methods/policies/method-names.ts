import type { PolicyId } from '#contract/method-ids.ts'
import { methodIds, policyIds } from '#contract/method-ids.ts'
import { type MessageKey, message } from '../../../../kit/words/message.ts'

interface MethodRow {
  /** As Graph and the address bar call it. */
  id: string
  name: MessageKey
  told: MessageKey
}

const rows: Record<PolicyId, MethodRow> = {
  sms: { id: 'Sms', name: 'web.admin.policies.method.sms.name', told: 'web.admin.policies.method.sms.told' },
  voice: { id: 'Voice', name: 'web.admin.policies.method.voice.name', told: 'web.admin.policies.method.voice.told' },
  push: { id: 'MicrosoftAuthenticator', name: 'web.admin.policies.method.push.name', told: 'web.admin.policies.method.push.told' },
  totp: { id: 'SoftwareOath', name: 'web.admin.policies.method.totp.name', told: 'web.admin.policies.method.totp.told' },
  passkey: { id: 'Fido2', name: 'web.admin.policies.method.passkey.name', told: 'web.admin.policies.method.passkey.told' },
  'temporary-access-pass': {
    id: 'TemporaryAccessPass',
    name: 'web.admin.policies.method.pass.name',
    told: 'web.admin.policies.method.pass.told',
  },
  email: { id: 'Email', name: 'web.admin.policies.method.email.name', told: 'web.admin.policies.method.email.told' },
  certificate: {
    id: 'X509Certificate',
    name: 'web.admin.policies.method.certificate.name',
    told: 'web.admin.policies.method.certificate.told',
  },
  'hardware-totp': { id: 'HardwareOath', name: 'web.admin.policies.method.hardware.name', told: 'web.admin.policies.method.hardware.told' },
}

export interface NamedMethod {
  id: string
  name: string
  told: string
  /** This version has it; what came along from elsewhere is only kept. */
  isBuilt: boolean
}

/** In the order in which the contract names them. */
export function namedMethods(): NamedMethod[] {
  return policyIds.map((policyId) => {
    const { id, name, told } = rows[policyId]
    return { id, name: message(name), told: message(told), isBuilt: methodIds.some((built) => built === policyId) }
  })
}

/** What the address bar says, in any letter case. */
export function methodCalled(id: string): NamedMethod | undefined {
  return namedMethods().find((method) => method.id.toLowerCase() === id.toLowerCase())
}
