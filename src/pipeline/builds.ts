import { keepPlan, keptPlan, prepare, read } from './prepare.ts';
import { forgetBuilds } from './forget.ts';
import { cancelBuild, orderBuild, settleLost, waitForBuild } from './queue.ts';
import type { QueueParts } from './queue.ts';
import type { Builds, Workshop } from './types.ts';

/** Requests and builds on the services that keep them. */
export function openBuilds(parts: QueueParts & { readonly workshop: () => Promise<Workshop> }): Builds {
  return {
    read: (document) => read(parts.workshop, document),
    prepare: (document) => prepare(parts.workshop, document),
    keepPlan: (prepared) => keepPlan(parts, prepared),
    keptPlan: (id) => keptPlan(parts, id),
    order: (order, secrets) => orderBuild(parts, order, secrets),
    wait: (id, waiting) => waitForBuild(parts, id, waiting),
    cancel: (id) => cancelBuild(parts, id),
    forget: (server) => forgetBuilds(parts, server),
    settleLost: (began, alone) => settleLost(parts, began, alone),
  };
}
