import { isObject, listOf, own, pointedTo, step, textOf } from './tree.ts';
import type { JsonObject } from './types.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const;

/** An operation where it stands in the tree. */
export interface PlacedOperation {
  readonly method: string;
  readonly path: string;
  /** `METHOD /path`. */
  readonly key: string;
  readonly id: string | undefined;
  readonly tags: readonly string[];
  readonly operation: JsonObject;
  readonly pathItem: JsonObject;
  readonly where: string;
  /** Takes it out of the tree. */
  remove(): void;
}

/** Every operation of the tree. A path item that is a reference is written out first, so that each path has its own. */
export function operationsOf(root: JsonObject): PlacedOperation[] {
  const paths = own(root, 'paths');
  if (!isObject(paths)) return [];
  return Object.keys(paths).flatMap((path) => {
    const item = path.startsWith('x-') ? undefined : ownPathItem(root, paths, path);
    return item === undefined ? [] : inPathItem(path, item);
  });
}

function ownPathItem(root: JsonObject, paths: JsonObject, path: string): JsonObject | undefined {
  let item = paths[path];
  const seen = new Set<string>();
  for (let reference = textOf(own(item, '$ref')); reference !== undefined; reference = textOf(own(item, '$ref'))) {
    const target = reference.startsWith('#') && !seen.has(reference) ? pointedTo(root, reference.slice(1)) : undefined;
    if (!isObject(target)) return undefined;
    seen.add(reference);
    const { $ref: _, ...beside } = item as JsonObject;
    item = { ...target, ...beside };
  }
  if (!isObject(item)) return undefined;
  if (seen.size > 0) {
    const more = own(item, 'additionalOperations');
    paths[path] = isObject(more) ? { ...item, additionalOperations: { ...more } } : item;
  }
  return paths[path] as JsonObject;
}

function inPathItem(path: string, pathItem: JsonObject): PlacedOperation[] {
  const more = own(pathItem, 'additionalOperations');
  const placed = (holder: JsonObject, field: string, place: string): PlacedOperation[] => {
    const operation = holder[field];
    if (!isObject(operation)) return [];
    const method = field.toUpperCase();
    return [
      {
        method,
        path,
        key: `${method} ${path}`,
        id: textOf(own(operation, 'operationId')),
        tags: listOf(own(operation, 'tags')).filter((tag) => typeof tag === 'string'),
        operation,
        pathItem,
        where: `#/paths${step(path)}${place}${step(field)}`,
        remove: () => void delete holder[field],
      },
    ];
  };
  return [
    ...methods.filter((method) => Object.hasOwn(pathItem, method)).flatMap((method) => placed(pathItem, method, '')),
    ...(isObject(more) ? Object.keys(more).flatMap((method) => placed(more, method, '/additionalOperations')) : []),
  ];
}
