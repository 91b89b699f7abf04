export { applyOverlays } from './apply.ts';
