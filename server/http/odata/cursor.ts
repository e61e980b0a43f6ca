import { refuse } from '#server/domain/refusal.ts'
import { type Quote, shownToken, type Token, tokensOf } from './lexer.ts'

const nodesMax = 50
const levelsMax = 20

/** A place in an option's tokens, and the account of how much work the client has asked for so far. */
export class Cursor {
  readonly option: string
  readonly #quote: Quote
  readonly #tokens: readonly Token[]
  #at = 0
  #nodes = 0
  #levels = 0

  constructor(option: string, text: string, quote: Quote) {
    this.option = option
    this.#quote = quote
    this.#tokens = tokensOf(option, text, quote)
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? { kind: 'end', text: '', position: 0 }
  }

  take(): Token {
    const token = this.peek()
    this.#at++
    return token
  }

  isWord(word: string): boolean {
    const token = this.peek()
    return token.kind === 'word' && token.text.toLowerCase() === word
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'symbol' && token.text === symbol
  }

  takeWord(word: string): boolean {
    const found = this.isWord(word)
    if (found) this.#at++
    return found
  }

  takeSymbol(symbol: string): boolean {
    const found = this.isSymbol(symbol)
    if (found) this.#at++
    return found
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) this.refuseAt(this.peek(), symbol)
  }

  expectEnd(expected: string): void {
    if (this.peek().kind !== 'end') this.refuseAt(this.peek(), expected)
  }

  /** `name` or `name/name/…`, as typed, and the token it begins with. */
  takeName(): { token: Token; typed: string } {
    const token = this.#takeSegment()
    let typed = token.text
    while (this.takeSymbol('/')) typed += `/${this.#takeSegment().text}`
    return { token, typed }
  }

  #takeSegment(): Token {
    const token = this.take()
    return token.kind === 'word' ? token : this.refuseAt(token, 'property')
  }

  /** Every node becomes work for the database, so each is counted before it is made. */
  countNode(): void {
    this.#nodes++
    if (this.#nodes > nodesMax) refuse('query_too_long', { option: this.option, limit: `${nodesMax} conditions` })
  }

  /** Reads one level deeper, so that no nesting can use up our own stack or the database's. */
  deeper<Node>(read: () => Node): Node {
    this.#levels++
    if (this.#levels > levelsMax) refuse('query_too_long', { option: this.option, limit: `${levelsMax} levels` })
    const node = read()
    this.#levels--
    return node
  }

  refuseAt(token: Token, expected: string): never {
    refuse('query_invalid', {
      option: this.option,
      position: String(token.position),
      expected,
      got: shownToken(token, this.#quote),
    })
  }
}
