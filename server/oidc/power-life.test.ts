import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeJwt } from 'jose'
import { webApps } from '#contract/web-apps.ts'
import { findWebApp } from '#server/domain/web-app.ts'
import { newDpopKey, postForm } from '#test/app-proofs.ts'
import { begin, byPassword, heading, number, password, type Stage } from '#test/second-factor-stage.ts'
import { authorizeRequest, type PageAnswer, Visitor } from '#test/visitor.ts'
import { databases, publicUrl } from '#test/world.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** The admin center, as its page asks for tokens and keeps them. */
class Tab {
  readonly #stage: Stage
  readonly #prove: Awaited<ReturnType<typeof newDpopKey>>
  readonly visitor: Visitor
  refreshToken = ''
  access: { auth_time: number; amr: string[]; exp: number; iat: number } | undefined
  #verifier = ''

  constructor(stage: Stage, prove: Tab['prove'], visitor: Visitor) {
    this.#stage = stage
    this.#prove = prove
    this.visitor = visitor
  }

  get prove() {
    return this.#prove
  }

  async arrive(parameters: Record<string, string> = {}): Promise<PageAnswer> {
    const app = findWebApp(webApps.admin.appId, publicUrl)?.app ?? assert.fail('no admin center')
    const scope = ['openid', 'profile', 'offline_access', ...webApps.admin.scopes].join(' ')
    const asked = authorizeRequest(this.#stage.world, app, { redirect_uri: `${publicUrl}/admin/signed-in`, scope, ...parameters })
    this.#verifier = asked.verifier
    return this.visitor.get(asked.url)
  }

  /** The code is in the address the page ended at. */
  async redeem(page: PageAnswer): Promise<void> {
    const code = new URL(page.url, publicUrl).searchParams.get('code') ?? assert.fail(`no code: ${heading(page)}`)
    const answer = await this.#ask({ grant_type: 'authorization_code', code, code_verifier: this.#verifier })
    assert.equal(answer.status, 200, answer.text)
    this.#take(answer.body)
  }

  async refresh(): Promise<number> {
    const answer = await this.#ask({ grant_type: 'refresh_token', refresh_token: this.refreshToken })
    if (answer.status === 200) this.#take(answer.body)
    return answer.status
  }

  #take(body: { refresh_token: string; access_token: string }): void {
    this.refreshToken = body.refresh_token
    this.access = decodeJwt(body.access_token)
  }

  async #ask(fields: Record<string, string>) {
    const url = `${publicUrl}/${this.#stage.world.tenantId}/oauth2/v2.0/token`
    const form = { client_id: webApps.admin.appId, redirect_uri: `${publicUrl}/admin/signed-in`, ...fields }
    return postForm(this.#stage.world, 'token', form, { dpop: await this.#prove('POST', url) })
  }
}

async function open(stage: Stage, visitor = new Visitor(stage.world)): Promise<Tab> {
  const tab = new Tab(stage, await newDpopKey(), visitor)
  const choice = await byPassword(tab.visitor, await tab.arrive(), stage.anna)
  const codePage = await tab.visitor.submit(choice, { way: 'sms' })
  const page = await tab.visitor.submit(codePage, { code: stage.world.codeIn(await stage.world.textTo(number)), do: 'next' })
  assert.ok(!page.text.includes('name="stay"'), 'nobody stays signed in to an app that gives power')
  await tab.redeem(page)
  return tab
}

for (const database of databases) {
  test(`the admin center stays open while it is used, and for eight hours, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const tab = await open(stage)
    assert.deepEqual(tab.access?.amr, ['pwd', 'sms', 'mfa'])
    assert.equal((tab.access?.exp ?? 0) - (tab.access?.iat ?? 0), 15 * 60)
    for (let used = 0; used < 4; used++) {
      stage.world.turnClock(14 * minuteMs)
      assert.equal(await tab.refresh(), 200)
    }
    const again = new Tab(stage, tab.prove, tab.visitor)
    await again.redeem(await again.arrive())
    stage.world.turnClock(16 * minuteMs)
    assert.equal(await tab.refresh(), 400, 'a quarter of an hour without anybody')
  })

  test(`who comes back to a screen that was left alone is asked for the password, and for no more, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const tab = await open(stage)
    stage.world.turnClock(20 * minuteMs)
    const quiet = await tab.arrive({ prompt: 'none' })
    assert.equal(new URL(quiet.url, publicUrl).searchParams.get('error'), 'login_required')
    const asked = await tab.arrive()
    assert.equal(heading(asked), 'Now your password')
    const texts = stage.world.texts().length
    const before = tab.access?.auth_time
    await tab.redeem(await tab.visitor.submit(asked, { password, do: 'next' }))
    assert.equal(stage.world.texts().length, texts)
    assert.equal(tab.access?.auth_time, before, 'the sign-in is not made younger by half of it')
  })

  test(`after eight hours all has to be proven again, on ${database.name}`, async () => {
    await using stage = await begin(database)
    const tab = await open(stage)
    const ticks = (8 * hourMs) / (14 * minuteMs) - 1
    for (let tick = 0; tick < ticks; tick++) {
      stage.world.turnClock(14 * minuteMs)
      assert.equal(await tab.refresh(), 200)
    }
    stage.world.turnClock(14 * minuteMs)
    assert.equal(await tab.refresh(), 400)
    assert.match((await tab.arrive()).text, /name="identifier"/)
  })
}
