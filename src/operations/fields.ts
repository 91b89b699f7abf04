import { z } from 'zod';
import { folderGrant, sourceKinds } from '../spec/index.ts';
import { apiFields } from './api-fields.ts';
import { looseObject, formFields } from './form-fields.ts';

/** Name of a registered server, as `list_servers` shows it. */
export const server = z.string().min(1).max(63).describe('Name of a server, as list_servers shows it.');

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
    .describe('The text of an OpenAPI document, form, context, Blueprint or description; its kind is recognised.'),
  kind: z
    .enum(sourceKinds)
    .optional()
    .describe('Kind of the document, when it should not be recognised from the content.'),
  language: z.string().optional().describe('Language of the generated server: typescript.'),
  template: z.string().optional().describe('Template to start from. This version has none and says so.'),
  ...formFields,
  ...apiFields,
};

const folder = z.union([
  z.string().min(1).describe('PATH, or PATH:rw for a writable one.'),
  folderGrant.omit({ real: true }),
]);

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
    .describe(
      'Hosts that the server may call: "host" (port 443) or "host:port". It reaches no other. A name must lead to public addresses unless it is localhost, has no dot, or ends in .local or .internal.',
    ),
  allow_packages: z
    .array(z.string().min(1).max(214))
    .max(100)
    .optional()
    .describe(
      'Packages to take by name though the name is near a famous one, or they were published a few days ago. Only what you have looked at yourself.',
    ),
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
