import type { JsonSchema, Pagination } from '../../../spec/index.ts';
import { own, text } from './json.ts';
import type { JsonObject } from './json.ts';
import type { CompiledParameter } from './parameters.ts';
import { answerProperties, isArray } from './relaxed.ts';
import type { CompiledResponse } from './responses.ts';
import { typesOf } from './schema/simple.ts';
import type { Context } from './types.ts';

/** Words of a name, in lower case and joined: `pageToken`, `page[token]` and `page_token` are pagetoken. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const cursorParameters = [
  'cursor',
  'pagetoken',
  'nexttoken',
  'after',
  'startingafter',
  'nextcursor',
  'continue',
  'continuationtoken',
  'continuation',
  'marker',
  'startcursor',
  'startkey',
  'pagecursor',
  'pageafter',
  'aftercursor',
  'offset',
  'offsettoken',
  'scrollid',
  'nextpagetoken',
  'exclusivestartkey',
];
const cursorAnswers = [
  'nextcursor',
  'nextpagetoken',
  'nexttoken',
  'cursor',
  'continue',
  'continuationtoken',
  'after',
  'endcursor',
  'nextmarker',
  'nextkey',
  'scrollid',
  'nextpagecursor',
  'nextoffset',
  'nextcontinuationtoken',
  'continuation',
  'lastevaluatedkey',
];
const urlAnswers = [
  'next',
  'nexturl',
  'nextlink',
  'nextpage',
  'nextpageurl',
  'nextpageuri',
  'nextpagelink',
  'odatanextlink',
  'nexturi',
  'nexthref',
];
const offsetParameters = ['offset', 'skip', 'start', 'startindex', 'startat', 'from', 'pageoffset'];
const pageParameters = ['page', 'pagenumber', 'pageno', 'pagenum', 'pageindex', 'currentpage'];
const sizeParameters = [
  'limit',
  'perpage',
  'pagesize',
  'count',
  'size',
  'maxresults',
  'top',
  'maxitems',
  'itemsperpage',
  'pagelimit',
  'resultsperpage',
  'rows',
  'take',
  'max',
];
/** Objects of an answer that hold what concerns its pages. */
const holders = [
  'meta',
  'metadata',
  'responsemetadata',
  'pagination',
  'paging',
  'page',
  'pageinfo',
  'links',
  'next',
  'cursor',
  'cursors',
  'nextpage',
  'paginginfo',
  'pagemetadata',
  'info',
];

/** Where the next page is, when the parameters and the answer both speak of pages: one side alone may mean something else. */
export function paginationOf(
  context: Context,
  method: string,
  parameters: readonly CompiledParameter[],
  response: CompiledResponse,
): Pagination | undefined {
  const query = parameters.filter(({ wire }) => wire.in === 'query');
  if (method !== 'GET' || response.schema === undefined) return undefined;
  const find = (names: readonly string[]): CompiledParameter | undefined =>
    names.flatMap((name) => query.filter(({ wire }) => plain(wire.name) === name))[0];
  const places = placesOf(context, response.schema);
  const cursor = cursorOf(find, places);
  if (cursor !== undefined) return cursor;
  const number = find(pageParameters) ?? find(offsetParameters);
  const paged = number !== undefined || find(sizeParameters) !== undefined || find(cursorParameters) !== undefined;
  const url = paged ? places.find(({ name, path, schema }) => isNextUrl(name, path, schema)) : undefined;
  if (url !== undefined) return { kind: 'url', at: url.path };
  if (response.headers.includes('link') && paged) return { kind: 'link' };
  const items = itemsOf(context, response.schema);
  return items === undefined ? undefined : numbered(find, items);
}

interface Found {
  readonly name: string;
  readonly path: string[];
  readonly schema: JsonObject;
}

/** Properties of the answer, and of those in it that hold what concerns pages. */
function placesOf(context: Context, schema: unknown): Found[] {
  const top = [...answerProperties(context, schema)].map(([name, child]): Found => ({
    name: plain(name),
    path: [name],
    schema: child,
  }));
  const deeper = (found: Found): Found[] =>
    holders.includes(found.name)
      ? [...answerProperties(context, found.schema)].map(([name, child]) => ({
          name: plain(name),
          path: [...found.path, name],
          schema: child,
        }))
      : [];
  const second = top.flatMap(deeper);
  return [...top, ...second, ...second.flatMap(deeper)];
}

const isScalar = (schema: JsonObject): boolean => {
  const types = typesOf(schema)?.filter((type) => type !== 'null') ?? [];
  return (
    !types.includes('object') &&
    !types.includes('array') &&
    !types.includes('boolean') &&
    own(schema, 'properties') === undefined
  );
};

function cursorOf(
  find: (names: readonly string[]) => CompiledParameter | undefined,
  places: readonly Found[],
): Pagination | undefined {
  const parameter = find(cursorParameters);
  if (parameter === undefined) return undefined;
  const own_ = plain(parameter.wire.name);
  const isNumber =
    ['offset', 'after'].includes(own_) &&
    typesOf(parameter.schema)?.some((type) => type === 'integer' || type === 'number') === true;
  const names = [`next${own_}`, ...(isNumber ? [] : cursorAnswers), own_];
  const wanted = isNumber ? [`next${own_}`] : names;
  const inNext = places.find(
    ({ path, schema }) =>
      path.length > 1 && plain(path.at(-2) ?? '') === 'next' && plain(path.at(-1) ?? '') === own_ && isScalar(schema),
  );
  const found =
    inNext ??
    wanted.flatMap((name) =>
      places.filter((place) => place.name === name && isScalar(place.schema) && !looksUrl(place)),
    )[0];
  return found === undefined ? undefined : { kind: 'cursor', argument: parameter.wire.argument, at: found.path };
}

const looksUrl = ({ schema }: Found): boolean =>
  /^(?:uri|url)$/.test(text(own(schema, 'format'))) || /^https?:|^\//.test(text(own(schema, 'example')));

function isNextUrl(name: string, path: readonly string[], schema: JsonObject): boolean {
  if (!urlAnswers.includes(name)) return name === 'href' && plain(path.at(-2) ?? '') === 'next';
  if (!isScalar(schema) || typesOf(schema)?.some((type) => type === 'integer' || type === 'number') === true)
    return false;
  return true;
}

/** The list of items: the answer itself, or its one property that is a list. */
function itemsOf(context: Context, schema: unknown): string[] | undefined {
  if (isArray(context, schema)) return [];
  const lists = [...answerProperties(context, schema)]
    .filter(([, child]) => isArray(context, child))
    .map(([name]) => name);
  const usual = lists.find((name) =>
    ['data', 'items', 'results', 'records', 'values', 'entries', 'rows'].includes(plain(name)),
  );
  const [only] = lists;
  return usual !== undefined ? [usual] : lists.length === 1 && only !== undefined ? [only] : undefined;
}

function numbered(
  find: (names: readonly string[]) => CompiledParameter | undefined,
  items: string[],
): Pagination | undefined {
  const size = find(sizeParameters);
  const sized = size === undefined ? {} : { size: size.wire.argument };
  const page = find(pageParameters);
  if (page !== undefined && isNumber(page.schema))
    return { kind: 'page', argument: page.wire.argument, first: firstPage(page.schema), items, ...sized };
  const offset = find(offsetParameters);
  // `from` and `start` are dates as often as numbers.
  if (offset !== undefined && isNumber(offset.schema) && (size !== undefined || plain(offset.wire.name) === 'offset'))
    return { kind: 'offset', argument: offset.wire.argument, items, ...sized };
  return undefined;
}

const isNumber = (schema: JsonSchema): boolean =>
  typesOf(schema)?.some((type) => type === 'integer' || type === 'number') === true;

/** Pages count from 0 where the default, the lowest value or the words say so. */
function firstPage(schema: JsonSchema): number {
  const said = text(schema['description']);
  if (typeof schema['minimum'] === 'number') return schema['minimum'] >= 1 ? 1 : 0;
  if (schema['default'] === 0) return 0;
  return /\b(?:zero|0)[- ](?:based|indexed)|starts? (?:at|from|with) (?:0|zero)\b|first page is (?:0|zero)\b/i.test(
    said,
  )
    ? 0
    : 1;
}
