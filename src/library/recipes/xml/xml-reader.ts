import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { ToolError } from '#runtime/errors.ts';
import { counter, fillDataset, type DatasetContext, type DatasetResult, type Value } from '#shared/dataset.ts';
import { datasetName } from '#shared/dataset-names.ts';
import { isObject, recordLists, recordOf, type Records } from '#shared/nested.ts';
import { openText, wholeText } from '#shared/text-input.ts';
import { xmlEntities } from './xml-entities.ts';

export interface ReadXmlInput {
  readonly path?: string;
  readonly text?: string;
  readonly encoding?: string;
  readonly dataset?: string;
  readonly record?: string;
}

export interface ReadXmlOutput extends DatasetResult {
  record: string;
}

/** Reads the repeated elements of an XML document into a dataset; attributes and nested elements become columns. */
export async function readXml(args: ReadXmlInput, context: DatasetContext): Promise<ReadXmlOutput> {
  const input = await openText(args, context);
  const document = parseXml(await wholeText(input), input.name, args.record);
  const { path, items } = args.record === undefined ? findRecords(document) : namedRecords(document, args.record);
  const count = counter(context, `records of ${input.name} read`);
  const result = await fillDataset(context, args.dataset ?? datasetName(input.name), async (add) => {
    for (const item of items) {
      count();
      await add(recordOf(item === '' ? {} : item, true));
    }
  });
  return { ...result, record: path.split('.').at(-1) ?? '' };
}

function parseXml(text: string, name: string, record: string | undefined): Value {
  const checked = XMLValidator.validate(text);
  if (checked !== true) {
    throw new ToolError(
      `${name} is not well-formed XML: ${checked.err.msg} (line ${checked.err.line}).`,
      'Correct it there, or check that the file is complete.',
    );
  }
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    textNodeName: 'text',
    parseTagValue: false,
    removeNSPrefix: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    maxNestedTags: 64,
    entityDecoder: xmlEntities,
    isArray: (element) => element === record,
  });
  try {
    return parser.parse(text) as Value;
  } catch (error) {
    if (error instanceof ToolError) throw error;
    const reason = error instanceof Error ? error.message.replace('[SECURITY] ', '') : 'not readable';
    throw new ToolError(
      `${name} cannot be read: ${reason}.`,
      'Nesting may be 64 deep; names such as __proto__ are refused.',
    );
  }
}

/** The longest list of elements with content, else of plain elements, else the only element there is. */
function findRecords(document: Value): Records {
  const [longest] = recordLists(document);
  if (longest) return longest;
  let value = document;
  let path = '';
  while (isObject(value)) {
    const children: [string, Value][] = Object.entries(value);
    const list = children.find(([, child]) => Array.isArray(child));
    if (list) return { path: list[0], items: list[1] as Value[] };
    const only = children.length === 1 ? children[0]! : undefined;
    if (!only || !isObject(only[1])) break;
    [path, value] = only;
  }
  return { path, items: [value] };
}

function namedRecords(document: Value, name: string): Records {
  const items: Value[] = [];
  const names = new Set<string>();
  const visit = (value: Value): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (!isObject(value)) return;
    for (const [key, child] of Object.entries(value)) {
      names.add(key);
      if (key === name && Array.isArray(child)) items.push(...child);
      else visit(child);
    }
  };
  visit(document);
  if (items.length > 0) return { path: name, items };
  throw new ToolError(
    `There is no element “${name.slice(0, 80)}”.`,
    `Elements: ${[...names].slice(0, 30).join(', ')}.`,
  );
}
