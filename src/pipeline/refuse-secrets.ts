import type { Problem } from '../errors.ts';
import { invalidInput } from '../spec/index.ts';
import type { Request } from '../spec/index.ts';

type Words = Partial<Omit<Request, 'tools' | 'api'>>;

/**
 * Refuses keys and passwords in what a user wrote, before anything of it is stored: in words and code they would stay in
 * plans, builds and projects. What an API document says is not the user's; its examples are full of made-up keys.
 * @throws CrafterError INVALID_INPUT with one problem a place, which never holds the value.
 */
export async function refuseSecrets({ tools, api, ...words }: Words & Pick<Request, 'tools' | 'api'>): Promise<void> {
  const { scanSecrets } = await import('../verify/index.ts');
  const written = tools.filter(({ implementation }) => implementation.kind === 'code');
  const problems: Problem[] = [];
  for (const [field, text] of stringsOf({ ...(api === undefined ? words : {}), tools: written }, '')) {
    const [found] = await scanSecrets(field, text);
    if (found === undefined) continue;
    problems.push({
      field,
      message: `line ${found.line}: ${found.message.replace(/ stands in the file\.$/, '')} stands in it`,
      remedy:
        "Declare a variable for it in environment_vars, marked secret, read it with context.secret('NAME'), and withdraw the key: it must count as known.",
    });
  }
  if (problems.length > 0) throw invalidInput('request', problems);
}

function* stringsOf(value: unknown, field: string): Generator<[field: string, text: string]> {
  if (typeof value === 'string') yield [field, value];
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* stringsOf(item, `${field}[${index}]`);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) yield* stringsOf(item, field === '' ? key : `${field}.${key}`);
}
