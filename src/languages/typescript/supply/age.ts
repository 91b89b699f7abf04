import { CrafterError } from '../../../errors.ts';

const variable = 'MCP_CRAFTER_PACKAGE_AGE_DAYS';

/** Least age of packages that are fetched, in days, as the environment sets it; 7 by default. @throws CrafterError INVALID_INPUT. */
export function configuredAge(environment: Readonly<Record<string, string | undefined>> = process.env): number {
  const text = environment[variable] ?? '7';
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new CrafterError('INVALID_INPUT', `${variable} is ${JSON.stringify(text)}, which is no number of days.`, {
    hint: `Set ${variable} to a whole number, 0 for packages of any age, or leave it out for 7.`,
  });
}
