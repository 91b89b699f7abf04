import { z } from 'zod';
import { complexityWords, folderGrant, sourceKinds } from '../spec/index.ts';

/** Name of a registered server, as `list_servers` shows it. */
export const server = z.string().min(1).max(63).describe('Name of a server, as list_servers shows it.');

const looseObject = z.record(z.string(), z.unknown());

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

/** The ways in: exactly one of form, context, prompt, document, or the form's fields themselves. */
export const waysIn = {
  server_name: z
    .string()
    .max(200)
    .optional()
    .describe('Name of the server: lower-case letters, digits and hyphens. Left out, one is made from the request.'),
  prompt: z
    .string()
    .optional()
    .describe(
      'What the server should do, in plain words: for what a library of tested recipes covers, which are files and data (CSV, JSON, XML, SQLite), APIs with OAuth, sync, webhooks and workflows.',
    ),
  form: looseObject
    .optional()
    .describe('A whole form as one object: server_name, description, custom_tools and so on.'),
  context: looseObject
    .optional()
    .describe(
      'An orchestration context as one object: taskId, taskType, requirements, constraints, expectedOutputs, complexity.',
    ),
  document: z
    .string()
    .optional()
    .describe('The text of a form, context, Blueprint or description; its kind is recognised.'),
  kind: z
    .enum(sourceKinds)
    .optional()
    .describe('Kind of the document, when it should not be recognised from the content.'),
  language: z.string().optional().describe('Language of the generated server: typescript.'),
  template: z.string().optional().describe('Template to start from. This version has none and says so.'),
  ...formFields,
};

const folder = z.union([z.string().min(1).describe('PATH, or PATH:rw for a writable one.'), folderGrant]);

/** What the user lets the server reach, beside what the request itself holds. */
export const grantFields = {
  folders: z
    .array(folder)
    .max(20)
    .optional()
    .describe(
      'Folders of the user that the server may see, by absolute path: "/path" to read, "/path:rw" to write as well. Tools take paths in them as they are.',
    ),
  allow_hosts: z
    .array(z.string())
    .max(100)
    .optional()
    .describe('Hosts that the server may call: "host" (port 443) or "host:port". It reaches no other.'),
  environment: z
    .record(z.string(), z.string())
    .optional()
    .describe('Values for environment variables that the server declares; secret ones are stored sealed.'),
};

/** What happens with a server once it is built. */
export const buildFields = {
  out: z
    .string()
    .optional()
    .describe('Absolute path of a folder to write the project to as well. It must be empty or hold this server.'),
  start: z
    .boolean()
    .default(false)
    .describe('Also start it over HTTP, and keep it running. call_tool and clients over stdio do not need that.'),
  port: z
    .int()
    .min(1)
    .max(65535)
    .optional()
    .describe('Loopback port to answer on when started; any free one when left out.'),
  wait: z
    .boolean()
    .default(false)
    .describe(
      'Wait for the end and answer with the report (usually 2 to 10 seconds) instead of answering at once with a build id.',
    ),
};
