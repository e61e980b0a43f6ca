/** `/users/:id` against `/users/7`: what each name stands for, or undefined where the path is another. */
export function parametersIn(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const names = pattern.split('/')
  const parts = path.split('/')
  if (names.length !== parts.length) return undefined
  const found: Record<string, string> = {}
  for (const [at, name] of names.entries()) {
    const part = parts[at] ?? ''
    if (!name.startsWith(':')) {
      if (name !== part) return undefined
    } else if (part === '') return undefined
    else found[name.slice(1)] = decoded(part)
  }
  return found
}

/** An address somebody typed may hold a percent sign that begins nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
