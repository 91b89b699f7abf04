import type { z } from 'zod';
import { parseInput } from '../spec/index.ts';
import type { Crafter } from '../crafter.ts';
import type { Operation, OperationWork } from './define.ts';

/**
 * Validates the input and runs an operation: the one way every face takes.
 * @throws CrafterError INVALID_INPUT with one problem a field, and whatever the operation raises.
 */
export async function runOperation<Input extends z.ZodObject, Output extends z.ZodType>(
  crafter: Crafter,
  operation: Operation<Input, Output>,
  input: z.input<Input>,
  work: Partial<OperationWork> = {},
): Promise<z.output<Output>> {
  const parsed = parseInput(operation.input, input, 'input') as z.output<Input>;
  return operation.run(crafter, parsed, { signal: new AbortController().signal, progress: () => undefined, ...work });
}
