import type { FuzzTarget } from '../../support/fuzz.ts';
import { archiveTargets } from './archives.ts';
import { clientTargets } from './clients.ts';
import { documentTargets } from './documents.ts';
import { networkTargets } from './network.ts';
import { protocolTargets } from './protocol.ts';
import { requestTargets } from './requests.ts';
import { schemaTargets } from './schemas.ts';

/** Everything that reads what comes from outside, by the requirement that its targets prove. */
export const targetsOf: Readonly<Record<string, readonly FuzzTarget[]>> = {
  'ROBUST-5': [...documentTargets, ...archiveTargets],
  'ROBUST-6': [...protocolTargets, ...schemaTargets],
  'ROBUST-7': networkTargets,
  'ROBUST-9': [...requestTargets, ...clientTargets],
};
export const allTargets: readonly FuzzTarget[] = Object.values(targetsOf).flat();
