import { InMemoryServerEventBus } from '@modelcontextprotocol/server';
import type { ToolContext } from '../../../src/languages/typescript/runtime/context.ts';
import { withContent, type Content } from '../../../src/languages/typescript/runtime/result.ts';
import { defineTool, type Tool } from '../../../src/languages/typescript/runtime/tool.ts';

/** One red pixel. */
export const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
/** A WAV file of one sample. */
const wav = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=';

/** Where tools tell that lists have changed. */
export const bus = new InMemoryServerEventBus();

const annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
const noInput = { type: 'object', properties: {} } as const;

function tool(
  name: string,
  description: string,
  run: (args: Record<string, unknown>, context: ToolContext) => unknown,
  inputSchema: Parameters<typeof defineTool>[0]['inputSchema'] = noInput,
): Tool<ToolContext> {
  return defineTool({ name, title: name, description, inputSchema, annotations, run });
}

const attached =
  (...content: readonly Content[]) =>
  () =>
    withContent({ attached: content.length }, content);
const image: Content = { type: 'image', data: png, mimeType: 'image/png' };
const embedded = (uri: string, mimeType: string, text: string): Content => ({
  type: 'resource',
  resource: { uri, mimeType, blob: Buffer.from(text).toString('base64') },
});

async function reportProgress(_args: Record<string, unknown>, context: ToolContext): Promise<string> {
  for (const done of [0, 50, 100]) {
    context.progress(done, 100, `${done} of 100`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return 'All steps done.';
}

/** JSON Schema 2020-12 whose every keyword has to come through the listing. */
const richSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: {
    address: {
      $anchor: 'addressDef',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
  },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  // oxlint-disable-next-line unicorn/no-thenable
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false,
} as const;

/** The suite's tools that a generated server could have: made and called like its own. */
export const plainTools: readonly Tool<ToolContext>[] = [
  tool('test_simple_text', 'Answers with text.', () => 'This is a simple text response for testing.'),
  tool('test_image_content', 'Answers with an image.', attached(image)),
  tool('test_audio_content', 'Answers with a sound.', attached({ type: 'audio', data: wav, mimeType: 'audio/wav' })),
  tool(
    'test_embedded_resource',
    'Answers with a resource.',
    attached(embedded('test://embedded-resource', 'text/plain', 'This is an embedded resource content.')),
  ),
  tool(
    'test_multiple_content_types',
    'Answers with text, an image and a resource.',
    attached(image, embedded('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}')),
  ),
  tool('test_error_handling', 'Fails.', () => {
    throw new Error('This tool intentionally returns an error for testing');
  }),
  tool('test_tool_with_progress', 'Reports progress.', reportProgress),
  tool('test_streaming_elicitation', 'Answers, and asks nothing.', () => 'Nothing was asked.'),
  tool('test_logging_tool', 'Logs where servers of this runtime log: on standard error.', (_args, { log }) => {
    log.debug('test_logging_tool was called');
    return 'Logged.';
  }),
  tool('json_schema_2020_12_tool', 'Takes what a schema of many keywords allows.', (args) => args, richSchema),
  tool('test_trigger_tool_change', 'Tells that the tools have changed.', () => {
    bus.publish({ kind: 'tools_list_changed' });
    return 'Told.';
  }),
  tool('test_trigger_prompt_change', 'Tells that the prompts have changed.', () => {
    bus.publish({ kind: 'prompts_list_changed' });
    return 'Told.';
  }),
];
