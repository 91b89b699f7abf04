import type { Secrets } from '../secrets/index.ts';
import type { PlannedRequest, Reading } from '../spec/index.ts';
import type { Storage } from '../storage/index.ts';
import { refuseSecrets } from './refuse-secrets.ts';
import { openFor, plannedFor, sealFor } from './secrets.ts';
import type { Workshop } from './types.ts';
import type { WishDocument } from './wish-types.ts';
import type { Prepared } from './wish-types.ts';

export type Planned = Prepared & { readonly planned: PlannedRequest };

/** Reads a document of any kind; code in it is parsed, nothing of it runs. */
export async function read(workshop: () => Promise<Workshop>, { text, kind, options }: WishDocument): Promise<Reading> {
  const { readApart } = await import('../sources/index.ts');
  const language = await (await workshop()).language('typescript');
  const parseCode = language.parseCode.bind(language);
  const reading = await readApart(text, { ...options, ...(kind === undefined ? {} : { kind }), parseCode });
  await refuseSecrets(reading.request);
  return reading;
}

/** Reads, analyses and plans a request: no model, no network, nothing written. */
export async function prepare(workshop: () => Promise<Workshop>, document: WishDocument): Promise<Planned> {
  const { request, secrets } = await read(workshop, document);
  const { analysis, plan } = await (await workshop()).think(request);
  return { planned: { request, analysis, plan }, plan, notes: analysis.doubts, secrets };
}

/** Keeps a plan for `execute`; its secrets are sealed beside it, and those of another one of its id are gone. */
export async function keepPlan(
  parts: { readonly storage: Storage; readonly secrets: Secrets },
  { planned, plan, secrets }: Planned,
): Promise<void> {
  await parts.secrets.deleteAll(plannedFor(plan.id));
  await sealFor(parts.secrets, plannedFor(plan.id), secrets);
  await parts.storage.plans.put(planned);
}

export async function keptPlan(
  parts: { readonly storage: Storage; readonly secrets: Secrets },
  id: string,
): Promise<Prepared | undefined> {
  const planned = (await parts.storage.plans.get(id)) ?? (await parts.storage.plans.get(`plan-${id}`));
  if (planned === undefined) return undefined;
  const { plan, analysis } = planned;
  return { plan, notes: analysis.doubts, secrets: await openFor(parts.secrets, plannedFor(plan.id)) };
}
