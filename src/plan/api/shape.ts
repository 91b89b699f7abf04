import { isByUser, type ApiShape, type Request, type Tool } from '../../spec/index.ts';
import { fitListing, type FittedListing } from './fit-listing.ts';
import { answerTool, authorizeTool, catalogueTools } from './helper-tools.ts';
import { listedTool, listingTokens } from './listing.ts';

export interface ShapedApi extends FittedListing {
  /** Operations that are found by searching; none when all are listed. */
  readonly catalogue: readonly Tool[];
  /** Why they are offered so, with the figures. */
  readonly why: string;
}

type RequestedApi = NonNullable<Request['api']>;

/** Whether each operation is a tool, or all but the pinned ones are found by searching: by what the listing costs. */
export function shapeApi(given: RequestedApi, operations: readonly Tool[]): ShapedApi {
  const { api, budget } = given;
  const shown = (tools: readonly Tool[]): number => listingTokens(tools, api.schemas);
  const all = [...operations, ...helpersFor(given, operations, operations)];
  const whole = shown(all);
  const fits = operations.length <= budget.tools && whole <= budget.tokens;
  const shape: ApiShape = given.shape ?? (fits ? 'tools' : 'search');
  const measured = `${count(operations.length)} operations as tools cost about ${count(whole)} tokens in every conversation`;
  const limit = `the budget of ${count(budget.tools)} tools and ${count(budget.tokens)} tokens`;
  if (shape === 'tools' || operations.length === 0) {
    const because = given.shape === undefined ? `within ${limit}` : 'the shape was asked for';
    return { ...listed(all, given), catalogue: [], why: `One tool an operation: ${measured}; ${because}.` };
  }
  const catalogue = operations.filter((tool) => !isPinned(tool, given.pins));
  const pinned = operations.filter((tool) => isPinned(tool, given.pins));
  const tools = [
    ...named(catalogueTools(api, operations), operations),
    ...pinned,
    ...helpersFor(given, operations, operations),
  ];
  const because = given.shape === undefined ? `above ${limit}` : 'the shape was asked for';
  const pins = pinned.length > 0 ? `, ${count(pinned.length)} of them pinned` : '';
  return {
    ...listed(tools, given),
    catalogue,
    why: `Operations are searched for: ${measured}; ${because}. The listing of ${tools.length} tools${pins} costs about ${count(shown(tools))}.`,
  };
}

const listed = (tools: readonly Tool[], { api }: RequestedApi): FittedListing =>
  fitListing(tools.map((tool) => (tool.implementation.kind === 'http' ? listedTool(tool, api.schemas) : tool)));

function helpersFor({ api }: RequestedApi, operations: readonly Tool[], taken: readonly Tool[]): Tool[] {
  const schemes = Object.fromEntries(Object.entries(api.security).filter(([, scheme]) => isByUser(scheme)));
  const helpers = [
    ...(operations.some(mayAnswerAtLength) ? [answerTool()] : []),
    ...(Object.keys(schemes).length > 0 ? [authorizeTool(schemes)] : []),
  ];
  return named(helpers, taken);
}

/** What only changes something answers briefly. */
function mayAnswerAtLength({ implementation, annotations, output }: Tool): boolean {
  if (implementation.kind !== 'http' || !annotations.readOnlyHint) return false;
  return output !== undefined || implementation.accept.some((type) => /json|\*\/\*/.test(type));
}

function isPinned({ implementation }: Tool, pins: readonly string[]): boolean {
  const wanted = pins.map((pin) => pin.toLowerCase());
  return implementation.kind === 'http' && implementation.tags.some((tag) => wanted.includes(tag.toLowerCase()));
}

/** An operation keeps its name; a helper of the same name gets another. */
function named(helpers: readonly Tool[], operations: readonly Tool[]): Tool[] {
  const taken = new Set(operations.map(({ name }) => name));
  return helpers.map((tool) => {
    let { name } = tool;
    for (let number = 2; taken.has(name); number += 1) name = `${tool.name}_${number}`;
    taken.add(name);
    return { ...tool, name };
  });
}

const count = (value: number): string => value.toLocaleString('en-US');
