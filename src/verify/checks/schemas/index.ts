import { setImmediate } from 'node:timers/promises';
import { defineCheck, type CheckCase, type JsonSchema, type ServerTool } from '../../../spec/index.ts';
import { isSchema, schemaFaults, tooLarge, walkSchema } from '../../json-schema/validate.ts';
import { methodOf } from '../arguments.ts';
import { failed, houseStyle, passed } from '../style.ts';

export const schemas = defineCheck({
  name: 'schemas',
  level: 'L2',
  summary: 'Schemas are valid JSON Schema with an object root; every parameter is described.',
  applies: () => true,
  async run(context) {
    const tools = await context.tools();
    const style = houseStyle(context);
    // What the fields of an API mean is for its document to say.
    const severityOf = ({ name }: ServerTool) => (methodOf(context, name) === undefined ? style : 'warning');
    const cases: CheckCase[] = [];
    for (const tool of tools) {
      cases.push(valid(tool), described(tool, severityOf(tool)));
      // Compiling the schemas of a thousand tools takes seconds; other checks wait for answers meanwhile.
      await setImmediate();
    }
    return { cases };
  },
});

function valid(tool: ServerTool): CheckCase {
  const faults = schemaFaults(tool.inputSchema).map((fault) => `input schema: ${fault}`);
  if (tool.outputSchema !== undefined)
    faults.push(...schemaFaults(tool.outputSchema).map((fault) => `output schema: ${fault}`));
  const more = { case: 'valid', tool: tool.name };
  if (faults.length === 0) return passed('The schemas are valid.', more);
  return failed(
    `Not a valid schema: ${faults.slice(0, 3).join('; ')}.`.slice(0, 500),
    faults.some((fault) => fault.endsWith(tooLarge))
      ? 'Simplify the schema: fewer properties, and what repeats once in "$defs"; clients compile it, too.'
      : 'Write JSON Schema 2020-12 with "type": "object" at the root and JavaScript patterns; clients reject the whole list otherwise.',
    more,
  );
}

function described(tool: ServerTool, severity: 'error' | 'warning'): CheckCase {
  const more = { case: 'described', tool: tool.name, severity };
  const bare = undescribed(tool.inputSchema);
  if (bare.length === 0) return passed('Every parameter is described.', more);
  return failed(
    `Without a description: ${bare.slice(0, 5).join(', ')}.`,
    'Say in one sentence what each parameter means, with its unit and form.',
    more,
  );
}

/** Parameters at the root, and fields of objects below it, that say nothing about themselves. */
function undescribed(schema: JsonSchema): string[] {
  const bare: string[] = [];
  walkSchema(schema, (node, path) => {
    if (!isSchema(node['properties']) || /(?:^|\.)\$defs|definitions/.test(path)) return;
    for (const [name, child] of Object.entries(node['properties'])) {
      const words = isSchema(child) ? (child['description'] ?? child['title'] ?? child['$ref']) : undefined;
      if (typeof words !== 'string' || words.trim().length < 3) bare.push(path ? `${path}.${name}` : name);
    }
  });
  return bare;
}
