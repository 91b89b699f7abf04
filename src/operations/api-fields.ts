import { z } from 'zod';
import { apiShapes } from '../spec/index.ts';
import type { ApiOptions } from '../spec/index.ts';

const patterns = z.array(z.string()).max(200).optional();
const text = z.string().optional();

/** What goes with an OpenAPI document; refused beside any other. */
export const apiFields = {
  document_url: z.string().optional().describe('URL of an OpenAPI document, instead of its text.'),
  base_url: z.string().optional().describe('Address of the API, instead of the one in the document.'),
  shape: z
    .enum(apiShapes)
    .optional()
    .describe('An API as a tool for each operation, or as search over all. Chosen by size.'),
  tags: patterns.describe('Only API operations with these tags; `!tag` excludes, `*` is any text.'),
  operations: patterns.describe('Only these API operations: operationId or `GET /path`; `!` excludes.'),
  paths: patterns.describe(
    'Only operations of an API under these paths; `!` before one excludes, `*` stands for any text.',
  ),
  methods: patterns.describe('Only operations of an API with these HTTP methods.'),
  read_only: z.boolean().optional().describe('Only operations of an API that change nothing.'),
  skip_deprecated: z.boolean().optional().describe('Without operations of an API that are marked deprecated.'),
  max_tools: z.int().min(1).max(2000).optional().describe('Most operations of an API offered as a tool each; 25.'),
  max_tokens: z.int().min(100).max(1_000_000).optional().describe('Most tokens that their listing may have; 10000.'),
  pins: z
    .array(z.string().min(1).max(200))
    .max(100)
    .optional()
    .describe('Tags of an API whose operations are tools whatever the shape.'),
  strict: z
    .boolean()
    .optional()
    .describe('Refuse an OpenAPI document in which something has to be mended or left out.'),
  overlays: z.array(z.string()).max(20).optional().describe('OpenAPI Overlay files, applied first in the order given.'),
  overrides: text.describe(
    'File of what is different about operations: name, title, description, annotations, hidden, pin.',
  ),
  pass_credentials: z
    .boolean()
    .optional()
    .describe("Callers of the server may send the API's credentials with a call."),
  allow_remote_refs: z.boolean().optional().describe('Fetch documents that an OpenAPI document refers to by URL.'),
  document_path: text.describe('Absolute path of the file that the document came from.'),
  document_files: z
    .record(z.string(), z.string())
    .optional()
    .describe('Documents it refers to: absolute path to text.'),
  document_missing: z
    .record(z.string(), z.string())
    .optional()
    .describe('Of others that it refers to, why they are not given: absolute path or URL to the reason.'),
};

export type ApiInput = Partial<z.output<z.ZodObject<typeof apiFields>>>;

/** The fields as options for the reader; undefined when none is given. */
export function apiOptionsOf(input: ApiInput): ApiOptions | undefined {
  const budget = defined({ tools: input.max_tools, tokens: input.max_tokens });
  const options = defined({
    location: input.document_path,
    files: input.document_files,
    missing: input.document_missing,
    overlays: input.overlays,
    overrides: input.overrides,
    strict: input.strict,
    baseUrl: input.base_url,
    shape: input.shape,
    ...(Object.keys(budget).length === 0 ? {} : { budget }),
    pins: input.pins,
    tags: input.tags,
    paths: input.paths,
    methods: input.methods,
    operations: input.operations,
    readOnly: input.read_only,
    skipDeprecated: input.skip_deprecated,
    passCredentials: input.pass_credentials,
  });
  return Object.keys(options).length === 0 ? undefined : options;
}

type Defined<Values> = { [Key in keyof Values]?: Exclude<Values[Key], undefined> };

function defined<Values extends object>(values: Values): Defined<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<Values>;
}
