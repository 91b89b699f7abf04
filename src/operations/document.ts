import { isAbsolute } from 'node:path';
import type { z } from 'zod';
import { invalidInput } from '../spec/index.ts';
import type { Wish, WishDocument } from '../pipeline.ts';
import { apiOptionsOf } from './api-fields.ts';
import { formFields } from './form-fields.ts';
import type { grantFields, waysIn } from './fields.ts';

type WaysIn = Omit<z.output<z.ZodObject<typeof waysIn>>, 'custom_tools'> & {
  custom_tools?: readonly object[] | undefined;
};
type GrantInput = z.output<z.ZodObject<typeof grantFields>> & { readonly base_url?: string | undefined };

/**
 * The one document that an input gives, in whichever of the ways it gives it, and the hosts that it is granted beside it;
 * undefined when it gives none.
 * @throws CrafterError INVALID_INPUT when it gives two.
 */
export function documentOf(input: WaysIn, { hosts }: Pick<Wish, 'hosts'>): WishDocument | undefined {
  const given = (['prompt', 'form', 'context', 'document'] as const).filter((name) => input[name] !== undefined);
  const fields = formFieldsOf(input);
  if (given.length + (fields.length > 0 ? 1 : 0) > 1) throw givenTwice([...given, ...fields]);
  const options = { ...optionsOf(input), hosts };
  if (input.prompt !== undefined) return { text: input.prompt, kind: 'prompt', options };
  if (input.form !== undefined) return { text: JSON.stringify(input.form), kind: 'form', options };
  if (input.context !== undefined) return { text: JSON.stringify(input.context), kind: 'context', options };
  if (input.document !== undefined)
    return { text: input.document, ...(input.kind === undefined ? {} : { kind: input.kind }), options };
  return fields.length === 0 ? undefined : { text: JSON.stringify(formOf(input)), kind: 'form', options };
}

/**
 * A request in words with the code of some of its tools beside it: the two documents.
 * Undefined when the input gives no code, or no words.
 */
export function documentsOf(
  input: WaysIn,
  granted: Pick<Wish, 'hosts'>,
): { wish: WishDocument; code: WishDocument } | undefined {
  const { custom_tools, description, dependencies, environment_vars, deployment_config, ...rest } = input;
  const code = { custom_tools, description, dependencies, environment_vars, deployment_config };
  if (custom_tools === undefined || (input.prompt === undefined && input.context === undefined)) return undefined;
  const wish = documentOf(rest, granted);
  return wish === undefined
    ? undefined
    : { wish, code: { text: JSON.stringify(code), kind: 'form', options: nameOf(input) } };
}

/** Complexity and capabilities go with any document; the others make a form. */
function formFieldsOf(input: WaysIn): string[] {
  return Object.keys(formFields).filter(
    (name) => name !== 'complexity' && name !== 'capabilities' && input[name as keyof WaysIn] !== undefined,
  );
}

function formOf(input: WaysIn): Record<string, unknown> {
  return Object.fromEntries(
    ['server_name', 'language', ...Object.keys(formFields)].flatMap((name) => {
      const value = input[name as keyof WaysIn];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

const nameOf = ({ server_name: name }: WaysIn): { name?: string } => (name === undefined ? {} : { name });

function optionsOf(input: WaysIn): WishDocument['options'] {
  const api = apiOptionsOf(input);
  return {
    ...nameOf(input),
    ...(input.language === undefined ? {} : { language: input.language }),
    ...(input.complexity === undefined ? {} : { complexity: input.complexity }),
    ...(input.capabilities === undefined ? {} : { capabilities: input.capabilities }),
    ...(api === undefined ? {} : { api }),
  };
}

/**
 * What the user grants and sets.
 * @throws CrafterError INVALID_INPUT with one problem a folder or host that cannot be read.
 */
export async function wishOf(input: GrantInput): Promise<Wish> {
  const { folderGrantOf, hostGrantOf } = await import('../sources/index.ts');
  const folders = (input.folders ?? []).map((folder, index) =>
    folderGrantOf(
      typeof folder === 'string' ? folder : `${folder.path}:${folder.access === 'write' ? 'rw' : 'ro'}`,
      `folders[${index}]`,
    ),
  );
  const hosts = (input.allow_hosts ?? []).map((host, index) => hostGrantOf(host, `allow_hosts[${index}]`));
  // Whether it is one of an API is told by whoever reads the document.
  const address = input.base_url === undefined ? [] : [hostGrantOf(input.base_url, 'base_url')];
  const problems = [...folders, ...hosts].filter((grant) => 'message' in grant);
  if (problems.length > 0) throw invalidInput('input', problems);
  return {
    folders: folders.filter((folder) => 'path' in folder),
    hosts: [...hosts, ...address].filter((host) => 'host' in host),
    packages: input.allow_packages ?? [],
    environment: input.environment ?? {},
  };
}

/** @throws CrafterError INVALID_INPUT for a relative path: the service does not know the caller's folder. */
export function absolutePath(path: string, field: string): string {
  if (isAbsolute(path)) return path;
  throw invalidInput('input', [
    {
      field,
      value: path,
      message: 'is not an absolute path',
      remedy: `Give the whole path, for example /home/me/${path}.`,
    },
  ]);
}

function givenTwice(names: readonly string[]): Error {
  return invalidInput('input', [
    {
      field: names[1] ?? '',
      message: `was given beside ${names[0]}`,
      remedy:
        'Give one of: prompt, form, context, document, or the fields of a form. Only custom_tools, with what their code needs, go beside a prompt or context.',
    },
  ]);
}
