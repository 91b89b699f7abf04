import { operationOf, type Tool } from '../../../spec/index.ts';

/** Whether a tool is code that was an operation. */
export const isEjected = ({ implementation }: Tool): boolean =>
  implementation.kind === 'code' && implementation.operation !== undefined;

/** Whether an operation sends or gives files. */
export function handlesFiles(tool: Tool): boolean {
  const operation = operationOf(tool);
  if (operation === undefined) return false;
  const { body, accept } = operation;
  const media = body === undefined ? [] : [body, ...(body.choice?.alternatives ?? [])];
  const sends = media.some(
    ({ as, encoding }) => as === 'binary' || Object.values(encoding).some(({ binary }) => binary === true),
  );
  return sends || accept.some((type) => !/json|xml|^text\/|form-urlencoded/i.test(type));
}
