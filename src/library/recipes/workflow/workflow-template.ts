import { ToolError } from '#runtime/errors.ts';
import { getField, isRecord, type RecordValue, type Value } from '#shared/field-path.ts';

const marks = /\{\{\s*([A-Za-z0-9_.[\]-]{1,300})\s*\}\}/g;
const whole = /^\{\{\s*([A-Za-z0-9_.[\]-]{1,300})\s*\}\}$/;

/** What templates can look up. */
export interface Scope {
  readonly input: RecordValue;
  /** Results by step id; null for a step that was left out. */
  readonly steps: RecordValue;
}

/** Ids of the steps whose results a value uses: `{{steps.fetch.body.id}}` uses fetch. */
export function references(value: unknown): string[] {
  if (typeof value === 'string')
    return [...value.matchAll(marks)].flatMap(([, path = '']) =>
      path.startsWith('steps.') ? [path.split(/[.[]/)[1] ?? ''] : [],
    );
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(references) : [];
}

/**
 * Fills in `{{…}}`: a text that is nothing else becomes the value itself, within other text the value as text.
 * Only paths are looked up; nothing is computed.
 * @throws ToolError for a path that leads nowhere.
 */
export function filled(value: Value, scope: Scope, asText: (value: Value) => string = text): Value {
  if (typeof value === 'string') {
    const only = whole.exec(value)?.[1];
    if (only !== undefined && asText === text) return lookUp(only, scope);
    return value.replace(marks, (_mark, path: string) => asText(lookUp(path, scope)));
  }
  if (Array.isArray(value)) return value.map((item) => filled(item, scope, asText));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, filled(child, scope, asText)]));
}

/** The same for a path of an address: what is filled in cannot add a segment or a query. */
export function filledPath(path: string, scope: Scope): string {
  return String(filled(path, scope, (value) => encodeURIComponent(text(value))));
}

function text(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function lookUp(path: string, scope: Scope): Value {
  const found = getField(scope, path);
  if (found !== undefined) return found;
  const step = /^steps\.([^.[]+)/.exec(path)?.[1];
  if (step !== undefined && Object.hasOwn(scope.steps, step) && scope.steps[step] === null) return null;
  throw new ToolError(
    `There is no value at {{${path}}}.`,
    'Use `input.…` or `steps.ID.…`, with a field that the result has.',
  );
}
