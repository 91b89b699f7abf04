/** Work of one name happens one after the other. */
export function createTurns() {
  const turns = new Map<string, Promise<unknown>>();
  return {
    inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
      const turn = (turns.get(name) ?? Promise.resolve()).then(work, work);
      turns.set(
        name,
        turn.catch(() => undefined),
      );
      return turn;
    },
    names: (): readonly string[] => [...turns.keys()],
  };
}
