import { scopesFor } from '#server/domain/permissions.ts'
import { findFact } from '#server/store/installation-facts.ts'
import { type Command, CommandRefused } from './command.ts'
import { commandConfig, installationOf, openToReadOrExplain } from './open-installation.ts'

const lifeSeconds = 60 * 60

export const token: Command = {
  summary: 'prints an access token of a person of the evaluation organisation',
  usage: '--user anna@contoso.example',
  options: { user: { type: 'string', meaning: 'the user principal name' } },
  async run({ environment, say }, { options: { user } }) {
    if (typeof user !== 'string') throw new CommandRefused('Whose token: token --user admin@contoso.example')
    const config = commandConfig(environment)
    const database = openToReadOrExplain(config)
    try {
      const publicUrl = (await findFact(database, 'public_url')) ?? config.publicUrl
      const installation = installationOf({ ...config, publicUrl }, database)
      if ((await findFact(database, 'mode')) !== 'evaluation') {
        throw new CommandRefused('Only an evaluation hands out tokens like this. In production people sign in.')
      }
      const tenantId = (await installation.tenants.findIdByDomain(user.split('@')[1] ?? '')) ?? refuseUnknown(user)
      const system = (await installation.systemOf(tenantId)) ?? refuseUnknown(user)
      const person = (await system.users.find(user)) ?? refuseUnknown(user)
      const account = (await system.authority.findAccount(person.id)) ?? refuseUnknown(user)
      const request = {
        userId: person.id,
        scopes: scopesFor(account),
        epoch: account.epoch,
        methods: ['pwd', 'mfa'],
        appId: 'sesam-evaluation',
        lifeSeconds,
      }
      say(await system.issueToken(request))
      return 0
    } finally {
      await database.close()
    }
  },
}

function refuseUnknown(user: string): never {
  throw new CommandRefused(`There is nobody named ${user}.`)
}
