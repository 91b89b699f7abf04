import type { Analysis, Api, Blueprint, Plan, Request, Tool } from '../../spec/index.ts';
import { cut, kebabCase } from '../../util/index.ts';
import { makeBlueprint } from '../blueprint.ts';
import { shapeApi } from './shape.ts';

/** Larger answers fill a model's window; `read_answer` shows the rest. */
const mostCharacters = 40_000;

/** A Blueprint holds no more. */
const mostVariables = 100;

/** The one server of an API: its operations, listed or searched for. */
export function apiServer(
  request: Request,
  analysis: Analysis,
  given: NonNullable<Request['api']>,
): Plan['servers'][number] {
  const { tools, catalogue, why } = shapeApi(given, request.tools.filter(isOperation));
  const others = request.tools.filter((tool) => !isOperation(tool));
  const planned = [...tools, ...others].map((tool) => ({ tool, recipe: undefined, source: undefined }));
  const made = makeBlueprint(request, analysis, request.name ?? nameOf(given.api.title), planned);
  const { maxResultCharacters, ...limits } = made.limits;
  return {
    blueprint: {
      ...made,
      title: cut(given.api.title, 120),
      flow: [],
      environment: [...made.environment, ...addressesOf(given.api, made.environment)].slice(0, mostVariables),
      api: given.api,
      ...(catalogue.length > 0 && { catalogue: [...catalogue] }),
      limits: { ...limits, maxResultCharacters: Math.min(maxResultCharacters, mostCharacters) },
    },
    why,
  };
}

/** Variables that move the API's servers, where the document's reader did not declare them. */
function addressesOf({ servers }: Api, declared: Blueprint['environment']): Blueprint['environment'] {
  const known = new Set(declared.map(({ name }) => name));
  const moved = servers.flatMap(({ url, variable, variables }) => [
    {
      name: variable,
      description:
        url === ''
          ? 'Address of the API; the document names none.'
          : `Address of the API; ${cut(url, 300)} unless set.`,
      required: url === '',
      secret: false,
    },
    ...Object.values(variables).map(({ variable: name, default: value, enum: choices }) => ({
      name,
      description: cut(
        `Part of the API's address; ${value} unless set${choices === undefined ? '' : `, one of ${choices.join(', ')}`}.`,
        500,
      ),
      required: false,
      secret: false,
    })),
  ]);
  return [...new Map(moved.map((variable) => [variable.name, variable])).values()].filter(
    ({ name }) => !known.has(name),
  );
}

const isOperation = ({ implementation }: Tool): boolean => implementation.kind === 'http';

/** `Spotify Web API` → `spotify-web`. */
function nameOf(title: string): string {
  const words = title.replace(
    /\b(?:rest(?:ful)?|open)?\s?apis?\b|\b(?:specification|documentation|swagger|openapi|v\d[\d.]*)\b/gi,
    ' ',
  );
  const name = kebabCase(words).slice(0, 60).replace(/-+$/, '');
  if (name === '') return 'api';
  return /^[a-z]/.test(name) ? name : `api-${name}`;
}
