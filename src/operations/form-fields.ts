import { z } from 'zod';
import { complexityWords } from '../spec/index.ts';

export const looseObject = z.record(z.string(), z.unknown());

const customTool = z.looseObject({
  name: z.string().describe('snake_case, at most 64 characters, for example get_weather.'),
  description: z
    .string()
    .describe('What the tool does, what it returns and what it does not do, in one to four sentences.'),
  parameters: looseObject
    .optional()
    .describe(
      'Parameter name to JSON Schema: {"city": {"type": "string", "description": "City name"}}; or one JSON Schema with an object root. Required unless it has a default or "required": false.',
    ),
  implementation: z
    .string()
    .optional()
    .describe(
      'Body of an async TypeScript function: no function header. It sees each parameter by name, args (all of them) and context: fetch (hosts in allow_hosts only), secret("NAME") (a variable of environment_vars), folders (async readText(path), writeText(path, text), list(path?)), log.info(text), progress(done, total), signal. It must return a JSON value; one that is no object becomes {result: …}. What it throws becomes the tool\'s error. Packages of npm and node: are imported with await import("name").',
    ),
  output: looseObject.optional().describe('JSON Schema with an object root for what it returns.'),
  examples: z
    .array(looseObject)
    .optional()
    .describe(
      'Calls that verification makes: [{"arguments": {…}, "expect": {"equals": value} or {"contains": text} or {"matches": regular expression} or {"isError": true}}]. At least one a tool, unless it calls another system.',
    ),
});

/** The tools of a change: what is left out of one that exists stays as it is. */
export const changedTools = z
  .array(z.looseObject({ name: z.string().describe('Name of the tool.') }))
  .optional()
  .describe(
    'Tools to add or to change, as in create_mcp_server. Of a tool that exists, name only what changes besides its name.',
  );

/** A form given field by field, as agents and programs do. */
export const formFields = {
  custom_tools: z.array(customTool).optional().describe('Tools of your own, each with its code.'),
  description: z.string().max(2000).optional().describe('What the server is for, in one to three sentences.'),
  dependencies: z
    .array(z.string())
    .max(100)
    .optional()
    .describe('npm packages that the code imports, with or without version: ["zod", "ms@2.1.3"].'),
  environment_vars: looseObject
    .optional()
    .describe(
      'Environment variables of the server, name to value; "" when it is not known yet. One whose name says secret (key, token, password…) is stored sealed and never written to a file.',
    ),
  complexity: z
    .string()
    .optional()
    .describe(`How demanding the work is: ${Object.keys(complexityWords).join(', ')}. Estimated when left out.`),
  capabilities: z
    .array(z.string())
    .max(50)
    .optional()
    .describe('Capability words such as monitoring or caching. What this version lacks is named in the answer.'),
  deployment_config: looseObject
    .optional()
    .describe('Wishes about deployment. What this version lacks is named in the answer.'),
};
