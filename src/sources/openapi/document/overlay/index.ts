export { applyOverlays } from './apply.ts';
export { withApplicableOverlay } from './suggested.ts';
