import type { CampaignOffer } from '#server/domain/registration-campaign.ts'
import type { Stores, System } from '#server/system.ts'

/** Not now. The sign-in goes on in the same breath; pressed twice, it counts once. */
export async function putOffRegistration(
  system: Pick<System, 'inTransaction' | 'now'>,
  userId: string,
  { method, timesBefore }: CampaignOffer,
  goOn: (stores: Stores) => Promise<void>,
): Promise<void> {
  await system.inTransaction(async (stores) => {
    await stores.registrationSnoozes.snooze(userId, method, timesBefore, system.now())
    await goOn(stores)
  })
}
