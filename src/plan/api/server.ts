import type { Analysis, Plan, Request, Tool } from '../../spec/index.ts';
import { cut } from '../../util/index.ts';
import { makeBlueprint } from '../blueprint.ts';
import { chooseName } from '../names.ts';
import { shapeApi } from './shape.ts';

/** Larger answers fill a model's window; `read_answer` shows the rest. */
const mostCharacters = 40_000;

/** The one server of an API: its operations, listed or searched for. */
export function apiServer(
  request: Request,
  analysis: Analysis,
  given: NonNullable<Request['api']>,
): Plan['servers'][number] {
  const { tools, catalogue, why } = shapeApi(given, request.tools.filter(isOperation));
  const others = request.tools.filter((tool) => !isOperation(tool));
  const planned = [...tools, ...others].map((tool) => ({ tool, recipe: undefined, source: undefined }));
  const made = makeBlueprint(request, analysis, chooseName(request, analysis, [given.api.title]), planned);
  const { maxResultCharacters, ...limits } = made.limits;
  return {
    blueprint: {
      ...made,
      title: cut(given.api.title, 120),
      flow: [],
      api: given.api,
      ...(catalogue.length > 0 && { catalogue: [...catalogue] }),
      limits: { ...limits, maxResultCharacters: Math.min(maxResultCharacters, mostCharacters) },
    },
    why,
  };
}

const isOperation = ({ implementation }: Tool): boolean => implementation.kind === 'http';
