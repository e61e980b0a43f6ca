import type { Locale } from '#contract/locale.ts'
import type { Caller } from '#server/domain/caller.ts'
import type { Organization } from '#server/domain/organization.ts'
import { callingCodes } from '#server/domain/phone-number.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now' | 'reload'>

export interface WantedOrganization {
  displayName: string | undefined
  /** Null for none: then numbers are typed with their country. */
  defaultCountry: string | null | undefined
  preferredLanguage: Locale | undefined
  technicalMails: readonly string[] | undefined
}

export async function changeOrganization(system: Needs, caller: Caller, id: string, wanted: WantedOrganization): Promise<void> {
  const { defaultCountry } = wanted
  if (defaultCountry && !callingCodes().some(({ country }) => country === defaultCountry))
    refuse('property_invalid', { property: 'countryLetterCode', expected: 'a country that has phone numbers' })
  await system.inTransaction(async ({ organizations, audit }) => {
    const before = await organizations.get()
    if (before.id !== id.toLowerCase()) refuse('object_not_found', { id })
    const after = changed(before, wanted)
    const changes = differences(before, after)
    if (changes.length === 0) return
    await organizations.change(after)
    await audit.record(
      caller,
      {
        activity: 'Set Company Information',
        category: 'DirectoryManagement',
        operation: 'Update',
        targets: [{ id: before.id, kind: 'Other', displayName: after.displayName, changed: changes }],
      },
      system.now(),
    )
  })
  system.reload()
}

function changed(
  before: Organization,
  { displayName, defaultCountry, preferredLanguage, technicalMails }: WantedOrganization,
): Organization {
  const others = before.languages.filter((language) => language !== preferredLanguage)
  return {
    ...before,
    ...(displayName !== undefined && { displayName: displayName.trim() }),
    ...(defaultCountry !== undefined && { defaultCountry: defaultCountry ?? undefined }),
    // The first language is the one that is spoken to people who asked for none of the others.
    ...(preferredLanguage && { languages: [preferredLanguage, ...others] }),
    ...(technicalMails && { technicalMails }),
  }
}

function differences(before: Organization, after: Organization) {
  return [
    { name: 'displayName', from: before.displayName, to: after.displayName },
    { name: 'countryLetterCode', from: before.defaultCountry ?? null, to: after.defaultCountry ?? null },
    { name: 'preferredLanguage', from: before.languages[0] ?? null, to: after.languages[0] ?? null },
    { name: 'technicalNotificationMails', from: before.technicalMails.join(', '), to: after.technicalMails.join(', ') },
  ].filter(({ from, to }) => from !== to)
}
