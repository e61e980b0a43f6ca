import assert from 'node:assert/strict'
import type { Queryable } from '#contract/graph/queryable.ts'
import type { RefusalCode } from '#contract/refusals.ts'
import { Refusal, type RefusalDetails } from '#server/domain/refusal.ts'

/** A collection with one property of every kind, for the tests of this folder. */
export const people: Queryable = {
  properties: {
    id: { kind: 'id', operators: ['eq', 'in'], advanced: ['startsWith'] },
    displayName: {
      kind: 'text',
      operators: ['eq', 'in', 'startsWith'],
      advanced: ['ne', 'ge', 'le', 'endsWith', 'contains'],
      sortable: true,
      searchable: true,
    },
    mail: { kind: 'text', operators: ['eq', 'startsWith'], advanced: ['ne', 'endsWith'], searchable: true },
    accountEnabled: { kind: 'boolean', operators: ['eq', 'in'], advanced: ['ne'] },
    userType: { kind: 'word', operators: ['eq', 'in'] },
    createdDateTime: { kind: 'dateTime', operators: ['eq', 'gt', 'ge', 'lt', 'le'], sortable: true },
    'status/errorCode': { kind: 'word', operators: ['eq', 'ne'] },
    faxNumber: { kind: 'text', advanced: ['eq'] },
    aboutMe: { kind: 'text' },
    assignedLicenses: { kind: 'id', operators: ['any'], items: { skuId: { kind: 'id', operators: ['eq'] } } },
    proxyAddresses: { kind: 'text', operators: ['any'], items: { '': { kind: 'text', operators: ['eq', 'startsWith'] } } },
    identities: {
      kind: 'text',
      operators: ['any'],
      items: {
        issuer: { kind: 'text', operators: ['eq'] },
        issuerAssignedId: { kind: 'text', operators: ['eq'] },
      },
    },
    ownedDevices: { kind: 'text', advanced: ['any'] },
  },
  selectable: ['id', 'displayName', 'mail', 'accountEnabled'],
  expandable: ['manager', 'memberOf'],
  topMax: 999,
  topDefault: 100,
}

export function assertRefused(run: () => unknown, code: RefusalCode, details: RefusalDetails): void {
  assert.throws(run, (thrown) => {
    assert.ok(thrown instanceof Refusal, `threw ${String(thrown)}`)
    assert.deepEqual({ code: thrown.code, details: thrown.details }, { code, details })
    return true
  })
}
