import type { Group } from '#server/domain/group.ts'
import type { Note } from '#server/domain/import-run.ts'
import type { Phone, SignInWish } from '#server/domain/phone.ts'
import { mayReceiveTexts, type PhoneNumber, parsePhoneNumber } from '#server/domain/phone-number.ts'
import { mayReadMethods } from '#server/domain/read-methods.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Stores } from '#server/system.ts'
import type { BatchFacts } from './batch-facts.ts'
import type { Importing, PlannedPerson } from './plan-row.ts'
import type { WantedNumber, WantedPerson } from './read-person.ts'

export interface NumberPlan extends WantedNumber {
  before: Phone | undefined
  signInWish: SignInWish
  /** Somebody else has it as their name. */
  waitsForName: boolean
}

interface Place {
  stores: Stores
  facts: BatchFacts
  importing: Importing
  row: number
}

interface Planned {
  numbers: NumberPlan[]
  notes: Note[]
}

/** What becomes of a row's numbers, by the rules that hold for one that is added by itself. */
export async function planNumbers(place: Place, person: PlannedPerson, wanted: WantedPerson, joined: readonly Group[]): Promise<Planned> {
  const owned = person.before ? place.facts.numbersOf(person.id) : []
  const planned: Planned = { numbers: [], notes: [] }
  for (const number of wanted.numbers) {
    const before = owned.find(({ type }) => type === number.type)
    if (number.type === 'alternateMobile' && !hasMobile(owned, wanted)) refuse('alternate_needs_mobile', { property: 'alternatePhone' })
    const { notes, isTaken } = await lookAround(place, person, number)
    const { wish, note } = await wishFor(place, person, number, { before, signsIn: wanted.signsIn, joined })
    const isName = wish === 'wanted'
    planned.notes.push(...notes.map((each) => (isName ? each : asOrdinary(each))), ...(note ? [note] : []))
    const isSame = before?.number === number.number && before.extension === number.extension && before.signInWish === wish
    if (isSame && !(wish === 'wanted' && !before.isSignInName && !isTaken)) continue
    planned.numbers.push({ ...number, before, signInWish: wish, waitsForName: wish === 'wanted' && isTaken })
  }
  return planned
}

/** Whoever signs in with a number keeps nobody from having it for something else. */
function asOrdinary({ code, details }: Note): Note {
  if (code === 'sign_in_name_held') return { code: 'number_also_held', details }
  return code === 'sign_in_name_in_row' ? { code: 'number_also_in_row', details } : { code, details }
}

function hasMobile(owned: readonly Phone[], { numbers }: WantedPerson): boolean {
  return [...owned, ...numbers].some(({ type }) => type === 'mobile')
}

interface Around {
  notes: Note[]
  /** Somebody else keeps it from being a name. */
  isTaken: boolean
}

/** Who else has this number, or one so like it that one of the two may be mistyped: in the store and further up in the file. */
async function lookAround(
  { stores, facts, importing, row }: Place,
  person: PlannedPerson,
  { type, number }: WantedNumber,
): Promise<Around> {
  const { book } = importing
  const isFree = book.freedBefore(number, row)
  const others = (await facts.holdersOf(number)).filter((phone) => phone.userId !== person.id && !(isFree && phone.isSignInName))
  const claimed = book.claimedBefore(number, row)
  if (facts.isEachNumberOnePersons && (others.length > 0 || claimed !== undefined)) refuse('phone_number_not_unique', { property: type })
  const sighting = type === 'office' ? undefined : book.seen(number.slice(1), row)
  if (claimed !== undefined) return { notes: [{ code: 'sign_in_name_in_row', details: { row: String(claimed) } }], isTaken: true }
  const notes = sighting ? await noteOfSighting(stores, importing, person, sighting) : []
  const namesake = others.find((phone) => phone.isSignInName)
  const holder = namesake ?? (notes.length === 0 ? others[0] : undefined)
  if (holder) {
    const name = await visibleName(stores, importing, holder.userId)
    if (name) notes.push({ code: namesake ? 'sign_in_name_held' : 'number_also_held', details: { holder: name } })
    else notes.push({ code: 'phone_number_not_unique', details: {} })
  }
  return { notes, isTaken: namesake !== undefined }
}

async function noteOfSighting(
  stores: Stores,
  importing: Importing,
  person: PlannedPerson,
  sighting: NonNullable<ReturnType<Importing['book']['seen']>>,
): Promise<Note[]> {
  if ('row' in sighting) {
    const code = sighting.kind === 'same' ? 'number_also_in_row' : 'number_nearly_in_row'
    return [{ code, details: { row: String(sighting.row) } }]
  }
  const held = parsePhoneNumber(sighting.held)
  const [holder] = held.kind === 'number' ? await stores.phones.withNumber(held.number) : []
  // Whoever it was may have another number by now, or it was this very person.
  if (!holder || holder.userId === person.id) return []
  const name = await visibleName(stores, importing, holder.userId)
  return [{ code: 'number_nearly_held', details: { holder: name ?? '…' } }]
}

/** Who has a number is told to those who could look it up. */
async function visibleName({ users, authority }: Stores, { caller }: Importing, userId: string): Promise<string | undefined> {
  const isVisible = !caller || mayReadMethods(caller, await authority.targetOf(userId)).allowed
  return isVisible ? (await users.find(userId))?.userPrincipalName : undefined
}

interface Wish {
  wish: SignInWish
  note?: Note
}

/** A file that says so wants the number as a name from the day policy lets it; one that says nothing, only if policy does so now. */
async function wishFor(
  { facts }: Place,
  person: PlannedPerson,
  { type, number }: { type: WantedNumber['type']; number: PhoneNumber },
  { before, signsIn, joined }: { before: Phone | undefined; signsIn: boolean | undefined; joined: readonly Group[] },
): Promise<Wish> {
  if (type !== 'mobile') return { wish: before?.signInWish ?? 'never tried' }
  if (signsIn === false) return { wish: before && before.signInWish !== 'never tried' ? 'off' : 'never tried' }
  const isSupported = person.userType === 'Member' && mayReceiveTexts(number)
  if (!isSupported)
    return signsIn ? { wish: 'never tried', note: { code: 'sms_sign_in_not_supported', details: {} } } : { wish: 'never tried' }
  if (signsIn === undefined && before?.number === number) return { wish: before.signInWish }
  const isAllowed = await facts.letsSignIn(person, joined)
  if (signsIn) return { wish: 'wanted', ...(!isAllowed && { note: { code: 'sms_not_allowed_by_policy', details: {} } }) }
  return { wish: isAllowed ? 'wanted' : 'never tried' }
}
