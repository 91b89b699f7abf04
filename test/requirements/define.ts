/** A promise to users, with where it comes from; tests cite its id in their titles as `[ID]`. */
export interface Requirement {
  /** Area and number, for example `SANDBOX-3`. */
  readonly id: string;
  readonly promise: string;
  /** Document or rule that asks for it. */
  readonly source: string;
}

export function defineRequirements(
  area: string,
  promises: readonly (readonly [promise: string, source: string])[],
): Requirement[] {
  return promises.map(([promise, source], index) => ({ id: `${area}-${index + 1}`, promise, source }));
}
