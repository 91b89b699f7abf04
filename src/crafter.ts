/** Placeholder-free until wired: the interface every operation runs against. */
export interface Crafter {
  readonly stateFolder: string;
}
