import { z } from 'zod';
import { parseInput } from '../../../../spec/index.ts';
import type { Json } from '../../../../spec/index.ts';
import { readTree } from '../text.ts';

const extended = <Shape extends z.ZodRawShape>(shape: Shape) => z.looseObject(shape);

/** OpenAPI Overlay 1.0 (https://spec.openapis.org/overlay/v1.0.0), 4.4. Fields of extensions are passed over. */
const overlay = extended({
  overlay: z.string().regex(/^1\.\d+\.\d+$/, 'a version of Overlay 1, for example 1.0.0'),
  info: extended({ title: z.string(), version: z.string() }),
  extends: z.string().optional(),
  actions: z
    .array(
      extended({
        target: z.string().min(1).max(1000),
        description: z.string().optional(),
        update: z.custom<Json>((value) => value !== undefined).optional(),
        remove: z.boolean().default(false),
      }),
    )
    .min(1)
    .max(10_000),
});

export type Overlay = z.infer<typeof overlay>;
export type OverlayAction = Overlay['actions'][number];

/** @throws CrafterError INVALID_INPUT with one problem a field. */
export const readOverlay = (text: string, name: string): Overlay =>
  parseInput(
    overlay,
    readTree(text, () => undefined),
    name,
  );
