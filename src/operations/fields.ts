import { z } from 'zod';
import { complexityWords, folderGrant, sourceKinds } from '../spec/index.ts';

/** Name of a registered server, as `list_servers` shows it. */
export const server = z.string().min(1).max(63).describe('Name of a server, as list_servers shows it.');

const looseObject = z.record(z.string(), z.unknown());

const customTool = z
  .looseObject({
    name: z.string().describe('snake_case, at most 64 characters, for example get_weather.'),
    description: z
      .string()
      .describe('What the tool does, what it returns and what it does not do, in one to four sentences.'),
    parameters: looseObject
      .optional()
      .describe(
        'Parameter name to JSON Schema, for example {"city": {"type": "string", "description": "City name"}}; or one JSON Schema with an object root. A parameter without default is required unless it says "required": false.',
      ),
    implementation: z
      .string()
      .optional()
      .describe(
        'Body of an async TypeScript function. It sees each parameter by name, args (all of them) and context: log, progress(done, total, message), signal, folders (toRead, toWrite, readText, writeText, list), fetch (granted hosts only), secret(name). It returns a JSON value; what it throws becomes the tool\'s error. Import packages with await import("name") and list them in dependencies.',
      ),
    output: looseObject.optional().describe('JSON Schema with an object root that describes what the tool returns.'),
    examples: z
      .array(looseObject)
      .optional()
      .describe(
        'Calls that verification runs: [{"arguments": {…}, "expect": {"equals": value} or {"contains": text} or {"matches": regular expression} or {"isError": boolean}}].',
      ),
  })
  .describe('A tool of the server.');

/** A form given field by field, as agents and programs do. */
export const formFields = {
  description: z.string().max(2000).optional().describe('What the server is for, in one to three sentences.'),
  complexity: z
    .string()
    .optional()
    .describe(`How demanding the work is: ${Object.keys(complexityWords).join(', ')}. Left out, it is estimated.`),
  capabilities: z
    .array(z.string())
    .max(50)
    .optional()
    .describe('Capability words such as tools, monitoring, caching. What this version lacks is named in the answer.'),
  custom_tools: z.array(customTool).optional().describe('The tools of the server, with the code of each.'),
  dependencies: z
    .array(z.string())
    .max(100)
    .optional()
    .describe('npm packages that the code imports, with or without version: ["zod", "ms@2.1.3"].'),
  environment_vars: looseObject
    .optional()
    .describe(
      'Environment variables of the server, name to value. A value whose name says that it is a secret (key, token, password…) is stored sealed and never written to a file.',
    ),
  deployment_config: looseObject
    .optional()
    .describe('Wishes about deployment, for example {"docker": true}. What this version lacks is named in the answer.'),
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
      'What the server should do, in plain words. The library of tested recipes covers files and data (CSV, JSON, XML, SQLite), APIs with OAuth, sync, webhooks and workflows.',
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
    .describe('Folders of this machine that the server may see: absolute "PATH" to read, "PATH:rw" to write as well.'),
  allow_hosts: z
    .array(z.string())
    .max(100)
    .optional()
    .describe(
      'Hosts that the server may call: "host" (port 443) or "host:port". Private addresses only when named here.',
    ),
  environment: z
    .record(z.string(), z.string())
    .optional()
    .describe('Values for environment variables that the server declares. Those it declares secret are stored sealed.'),
};

/** What happens with a server once it is built. */
export const buildFields = {
  out: z
    .string()
    .optional()
    .describe('Absolute path of a folder to write the project to as well. It must be empty or hold this server.'),
  start: z.boolean().default(false).describe('Start the server over HTTP when it has passed verification.'),
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
