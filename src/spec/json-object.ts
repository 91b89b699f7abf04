import { z } from 'zod';
import type { JsonSchema } from './json.ts';

/** A JSON object that is not looked into: for large data that was made here, where walking every value costs seconds. */
export const jsonObject = z.looseObject({}) as unknown as z.ZodType<JsonSchema>;
