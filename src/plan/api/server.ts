import type { Analysis, Blueprint, Plan, Request, Tool } from '../../spec/index.ts';
import { cut } from '../../util/index.ts';
import { makeBlueprint } from '../blueprint.ts';
import { chooseName } from '../names.ts';
import { shapeApi } from './shape.ts';

/** Larger answers fill a model's window; `read_answer` shows the rest. */
const mostCharacters = 40_000;

/** A Blueprint holds no more. */
const mostVariables = 100;

/** What signing users in needs beside the client of each scheme. */
const signInVariables: Blueprint['environment'] = [
  {
    name: 'OAUTH_REDIRECT_URI',
    description: 'Address that the provider sends users back to, as registered there; only for signing in as a user.',
    required: false,
    secret: false,
  },
  {
    name: 'OAUTH_STORE_KEY',
    description: 'Passphrase that seals sign-ins on disk, begun ones too; without it they end with the process.',
    required: false,
    secret: true,
  },
];

/** The one server of an API: its operations, listed or searched for. */
export function apiServer(
  request: Request,
  analysis: Analysis,
  given: NonNullable<Request['api']>,
): Plan['servers'][number] {
  const { tools, catalogue, why, shortened } = shapeApi(given, request.tools.filter(isOperation));
  const others = request.tools.filter((tool) => !isOperation(tool));
  const planned = [...tools, ...others].map((tool) => ({ tool, recipe: undefined, source: undefined }));
  const made = makeBlueprint(request, analysis, chooseName(request, analysis, [given.api.title]), planned);
  const { maxResultCharacters, ...limits } = made.limits;
  return {
    blueprint: {
      ...made,
      title: cut(given.api.title, 120),
      flow: [],
      environment: [...made.environment, ...(tools.some(signsIn) ? signInVariables : [])].slice(0, mostVariables),
      api: given.api,
      ...(catalogue.length > 0 && { catalogue: [...catalogue] }),
      limits: { ...limits, maxResultCharacters: Math.min(maxResultCharacters, mostCharacters) },
    },
    why: [why, shortened].filter(Boolean).join(' '),
  };
}

const signsIn = ({ implementation }: Tool): boolean => implementation.kind === 'authorize';

const isOperation = ({ implementation }: Tool): boolean => implementation.kind === 'http';
