import type { FastifyReply } from 'fastify'
import { type HeldProof, shownBy } from '#server/domain/interaction.ts'
import { type OwnProof, proofBeforeAdding, type SelfRegistered } from '#server/domain/self-registration.ts'
import type { Flow } from '#server/http/sign-in-flow.ts'
import { findRegistration, type Registration } from '../find-registration.ts'
import type { Registrant } from '../rules.ts'
import type { RegistrationNotice, RegistrationStep, RegistrationWay } from '../views/register-frame.ts'
import type { Channel } from '../views/register-phone-view.ts'
import type { Visit } from './visit.ts'

export type RegistrationFlow = NonNullable<Flow['registering']>

/** Under which name on the pages each method is set up; one that has none does not compile. */
const ways: Readonly<Record<SelfRegistered, RegistrationWay>> = { sms: 'phone', voice: 'phone', email: 'email' }

const firstSteps: Readonly<Record<RegistrationWay, Flow['step']>> = { phone: 'register-phone', email: 'register-email' }

/** One request of somebody who is asked to set something up before they are signed in. */
export class Registering {
  readonly visit: Visit
  readonly held: HeldProof
  readonly registration: Registration

  constructor(visit: Visit, held: HeldProof, registration: Registration) {
    this.visit = visit
    this.held = held
    this.registration = registration
  }

  static async open(visit: Visit, held: HeldProof): Promise<Registering | undefined> {
    const { system } = visit
    const registration = await findRegistration(system, { userId: held.userId, proven: shownBy(held) }, system.now())
    return registration && new Registering(visit, held, registration)
  }

  /** In whose name something is written down, and what they have shown so far. */
  get registrant(): Registrant {
    const { browser, request } = this.visit
    const { userId } = this.held
    return { userId, proven: this.proven, browser, userAgent: request.headers['user-agent'] ?? '', requestId: request.id }
  }

  /** What they have shown, by signing in or by setting it up a moment ago. */
  get proven(): readonly string[] {
    return shownBy(this.held)
  }

  /** What they have to prove before anything is added. */
  get ownProof(): OwnProof | undefined {
    const { owned, allowed } = this.registration
    return proofBeforeAdding(this.proven, owned, allowed)
  }

  /** What is asked, each thing once, the strongest first. */
  get ways(): RegistrationWay[] {
    return [...new Set(this.registration.asked.map((method) => ways[method]))]
  }

  /** How a number can be proven that does what is asked: whoever has to be texted has to show that texts arrive. */
  get channels(): readonly Channel[] {
    const { asked, allowed } = this.registration
    const channels = asked.includes('sms') ? (['sms'] as const) : (['sms', 'voice'] as const)
    return channels.filter((channel) => allowed.has(channel))
  }

  get flow(): RegistrationFlow {
    return this.visit.flow?.registering ?? {}
  }

  get step(): RegistrationStep {
    const { added = [], notice, isInUse = false } = this.flow
    const of = added.length + this.ways.length
    return {
      ...this.visit.step,
      notice,
      isInUse,
      progress: of > 1 ? { at: added.length + 1, of } : undefined,
      hasOther: this.ways.length > 1,
      canWait: this.registration.offer !== undefined,
    }
  }

  /** On to a step of the registration. What was said at the top of the page before is not said again. */
  goTo(step: Flow['step'], changes: RegistrationFlow = {}): FastifyReply {
    const { added = [] } = this.flow
    return this.visit.goTo({ ...this.visit.flow, step, registering: { added, ...changes } })
  }

  /** To where this is set up, or else to the first of what is asked. */
  goToWay(wanted?: string, changes: RegistrationFlow = {}): FastifyReply {
    const way = this.ways.find((each) => each === wanted) ?? this.ways[0]
    return way ? this.goTo(firstSteps[way], { ...changes, way }) : this.visit.again()
  }

  /** From a code to where it was sent, with what was typed there. */
  goBack(): FastifyReply {
    const { way, channel, country, national, address } = this.flow
    return this.goToWay(way, { channel, country, national, address })
  }

  /** What was asked a moment ago is no more: policy changed, or another window was quicker. On to what is asked now, if anything is. */
  async goElsewhere(notice: RegistrationNotice): Promise<FastifyReply> {
    const now = await Registering.open(this.visit, this.held)
    return now ? now.goToWay(undefined, { notice }) : this.visit.again()
  }

  /** Whether what is being set up here has been meanwhile. */
  async isDoneByNow(): Promise<boolean> {
    const now = await Registering.open(this.visit, this.held)
    return !now?.isAsked
  }

  /** Whether what somebody is in the middle of is still asked. */
  get isAsked(): boolean {
    return this.ways.some((way) => way === this.flow.way)
  }

  /** Away from something that is not asked any more. */
  async moveOn(): Promise<FastifyReply> {
    const isAllowed = [...this.registration.allowed].some((method) => ways[method] === this.flow.way)
    return this.goElsewhere(isAllowed ? 'elsewhere' : 'not-allowed')
  }
}
