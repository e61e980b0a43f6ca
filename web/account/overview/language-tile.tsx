import { Languages } from 'lucide-react'
import type { Resource } from '../../kit/api/use-resource.ts'
import { nameOfLanguage, useLocale } from '../../kit/words/locale.ts'
import { message } from '../../kit/words/message.ts'
import { spokenIn } from '../language/spoken.ts'
import type { Profile } from '../resources.ts'
import { Tile, TileFact } from './tile.tsx'

export function LanguageTile({ profile }: { profile: Resource<Profile> }) {
  const page = useLocale()
  return (
    <Tile to="/language" title={message('web.account.language.label')} icon={Languages} of={profile}>
      {({ preferredLanguage }) => {
        const language = spokenIn(preferredLanguage) ?? page
        return (
          <TileFact fact={<span lang={language}>{nameOfLanguage(language)}</span>}>
            {message(language === page ? 'web.account.overview.language.told' : 'web.account.overview.language.differs')}
          </TileFact>
        )
      }}
    </Tile>
  )
}
