import type { Locale } from '#contract/locale.ts'
import type { Caller } from '#server/domain/caller.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

type Needs = Pick<System, 'inTransaction' | 'now'>

export interface WantedOrganization {
  preferredLanguage: Locale | undefined
  technicalMails: readonly string[] | undefined
}

export async function changeOrganization(system: Needs, caller: Caller, id: string, wanted: WantedOrganization): Promise<void> {
  const { preferredLanguage, technicalMails } = wanted
  await system.inTransaction(async ({ organizations, audit }) => {
    const before = await organizations.get()
    if (before.id !== id.toLowerCase()) refuse('object_not_found', { id })
    if (!preferredLanguage && !technicalMails) return

    const others = before.languages.filter((language) => language !== preferredLanguage)
    // The first language is the one that is spoken to people who asked for none of the others.
    const languages = preferredLanguage ? [preferredLanguage, ...others] : before.languages
    const after = { languages, technicalMails: technicalMails ?? before.technicalMails }
    await organizations.change(after)
    const changed = [
      { name: 'preferredLanguage', from: before.languages[0] ?? null, to: languages[0] ?? null },
      { name: 'technicalNotificationMails', from: before.technicalMails.join(', '), to: after.technicalMails.join(', ') },
    ]
    await audit.record(
      caller,
      {
        activity: 'Set Company Information',
        category: 'DirectoryManagement',
        operation: 'Update',
        targets: [
          { id: before.id, kind: 'Other', displayName: before.displayName, changed: changed.filter(({ from, to }) => from !== to) },
        ],
      },
      system.now(),
    )
  })
}
