import type { SourceTree, Violation } from './tree.ts'

type Graph = ReadonlyMap<string, readonly string[]>

/** Files that load each other; each circle is told once, by its shortest way round. */
export function noCircles(tree: SourceTree): Violation[] {
  const graph = withoutLeaves(new Map(tree.files.map(({ path, imports }) => [path, imports.flatMap(({ target }) => target ?? [])])))
  const told = new Set<string>()
  const circles: string[][] = []
  for (const start of graph.keys()) {
    const circle = told.has(start) ? undefined : wayBack(start, graph)
    if (!circle) continue
    circles.push(circle)
    for (const path of circle) told.add(path)
  }
  return circles.map((circle) => `${[...circle, circle[0]].join(' → ')} is a circle`)
}

/** A file that imports nothing of the graph is in no circle; taking those away again and again leaves little to walk. */
function withoutLeaves(graph: Graph): Graph {
  const kept = new Map([...graph].map(([path, targets]) => [path, targets.filter((target) => graph.has(target))]))
  const rest = new Map([...kept].filter(([, targets]) => targets.length > 0))
  return rest.size === graph.size ? kept : withoutLeaves(rest)
}

function wayBack(start: string, graph: Graph): string[] | undefined {
  const from = new Map<string, string>()
  const queue = [start]
  for (const path of queue) {
    for (const target of graph.get(path) ?? []) {
      if (target === start) return wayTo(path, from)
      if (from.has(target)) continue
      from.set(target, path)
      queue.push(target)
    }
  }
}

function wayTo(end: string, from: ReadonlyMap<string, string>): string[] {
  const way = [end]
  for (let step = from.get(end); step; step = from.get(step)) way.unshift(step)
  return way
}
