import { CrafterError } from '../errors.ts';

/** The same error without secret values in its words. */
export function maskError(error: CrafterError, mask: (text: string) => string): CrafterError {
  return new CrafterError(error.code, mask(error.message), {
    hint: mask(error.hint),
    problems: error.problems.map((problem) => ({
      field: problem.field,
      message: mask(problem.message),
      remedy: mask(problem.remedy),
      ...(problem.value === undefined ? {} : { value: mask(problem.value) }),
    })),
    cause: error,
  });
}
