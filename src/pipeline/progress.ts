import type { Events } from '../events/index.ts';
import type { BuildStage, ProgressEvent } from '../spec/index.ts';
import type { Storage } from '../storage/index.ts';

/** Share of a build that is done when a stage begins; measured on small servers. */
const begins: Readonly<Record<BuildStage, number>> = {
  analyze: 0,
  plan: 0.02,
  resolve: 0.05,
  generate: 0.1,
  verify: 0.2,
  package: 0.85,
  deploy: 0.9,
};

/** Where the next stage begins. */
function endOf(stage: BuildStage): number {
  const later = Object.values(begins).filter((fraction) => fraction > begins[stage]);
  return Math.min(1, ...later);
}

/** Stage of the event that says a build has ended and its record is written. */
export const lastStage = 'done';

/** @param share how much of the stage is done, 0 to 1. */
export type Tell = (stage: BuildStage, message: string, share?: number) => void;

/** Tells whoever listens how far a build has come, and keeps it in the build's record. */
export function progressOf(parts: { readonly events: Events; readonly storage: Storage }, build: string): Tell {
  let last: BuildStage | undefined;
  return (stage, message, share = 0) => {
    const fraction = Math.round((begins[stage] + share * (endOf(stage) - begins[stage])) * 100) / 100;
    parts.events.publish(build, { build, stage, fraction, message, at: new Date().toISOString() });
    if (stage === last) return;
    last = stage;
    // A record that lags behind is mended by the next stage; a build does not wait for it.
    parts.storage.builds.update(build, { status: 'running', stage, fraction, message }).catch(() => undefined);
  };
}

/** A word on a build that has not begun. */
export function noticeOf(build: string, message: string): ProgressEvent {
  return { build, stage: 'resolve' satisfies BuildStage, fraction: 0, message, at: new Date().toISOString() };
}
