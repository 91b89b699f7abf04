export interface Edit {
  /** Path below the repository's root. */
  readonly file: string;
  /** What stands there, exactly once. */
  readonly from: string;
  readonly to: string;
}

/** One defence that can be taken out, with the tests that must then fail. */
export interface Defence extends Edit {
  /** What no longer holds once it is out. */
  readonly promise: string;
  /** Further edits, where several defences hold the same thing back. */
  readonly and?: readonly Edit[];
  /** The test file. */
  readonly tests: string;
  /** Requirements that are proven by it; without `titles`, a test of each must fail. */
  readonly ids: readonly string[];
  /** Parts of titles: a test of each must fail. */
  readonly titles?: readonly string[];
  /** Parts of titles of tests that these build on. */
  readonly along?: readonly string[];
}

export const editsOf = ({ file, from, to, and = [] }: Defence): readonly Edit[] => [{ file, from, to }, ...and];

/** Parts of titles of which each must be of a failing test. */
export const wantedOf = ({
  ids,
  titles = ids.map((id) => `[${id}]`),
}: Pick<Defence, 'ids' | 'titles'>): readonly string[] => titles;
