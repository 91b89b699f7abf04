import type { Fault } from './fault.ts';
import { faultsByHand } from './faults-by-hand.ts';
import { faultsOfCalls } from './faults-of-calls.ts';
import { faultsOfServers } from './faults-of-servers.ts';

/** Every fault that verification is tried with. */
export const faults: readonly Fault[] = [...faultsOfCalls, ...faultsOfServers, ...faultsByHand];
