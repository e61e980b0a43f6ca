import { thisApp } from '../kit/session/tokens.ts'

/** Where somebody's page stands. */
export function addressOfPerson(id: string): string {
  return `${thisApp().path}/people/${encodeURIComponent(id)}`
}

export function addressOfPeople(): string {
  return thisApp().path
}
