/** The strongly connected component of each node of a graph, by number (Tarjan, without recursion). */
export function componentsOf(count: number, next: (node: number) => readonly number[]): number[] {
  const index = Array.from({ length: count }, () => -1);
  const low = Array.from({ length: count }, () => 0);
  const component = Array.from({ length: count }, () => -1);
  const stack: number[] = [];
  let counter = 0;
  let components = 0;
  for (let root = 0; root < count; root += 1) {
    if (index[root] !== -1) continue;
    const calls: { node: number; children: readonly number[]; at: number }[] = [];
    const enter = (node: number): void => {
      index[node] = low[node] = counter;
      counter += 1;
      stack.push(node);
      calls.push({ node, children: next(node), at: 0 });
    };
    enter(root);
    for (let call = calls.at(-1); call !== undefined; call = calls.at(-1)) {
      const child = call.children[call.at];
      if (child !== undefined) {
        call.at += 1;
        if (index[child] === -1) enter(child);
        else if (component[child] === -1) low[call.node] = Math.min(low[call.node] ?? 0, index[child] ?? 0);
        continue;
      }
      calls.pop();
      const parent = calls.at(-1);
      if (parent !== undefined) low[parent.node] = Math.min(low[parent.node] ?? 0, low[call.node] ?? 0);
      if (low[call.node] !== index[call.node]) continue;
      for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        component[node] = components;
        if (node === call.node) break;
      }
      components += 1;
    }
  }
  return component;
}
