import { afterCalls, beforeCalls, blueprintOf, ours, replace, type Fault } from './fault.ts';
import type { Good } from './good.ts';

/** Where a call's error becomes the text of its result. */
const errorText = 'const text = describe(deadline.signal.aborted ? deadline.signal.reason : thrown);';

/** Changes every number, text and switch of a result: whatever an example promises of it no longer holds. */
const spoiled = `
function spoiled(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return \`~\${[...value].toReversed().join('-')}\`;
  if (Array.isArray(value)) return value.map(spoiled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoiled(one)]));
}
function wrong(result: ToolResult): ToolResult {
  if (result.isError || result.structuredContent === undefined) return result;
  const structuredContent = spoiled(result.structuredContent) as Record<string, unknown>;
  return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
}`;

/** An example says what comes back. */
const promised = (good: Good): boolean =>
  ours(good) &&
  blueprintOf(good).tools.some(({ examples }) =>
    examples.some(({ expect }) => expect !== undefined && !('isError' in expect)),
  );
const reading = (good: Good): boolean =>
  ours(good) && blueprintOf(good).tools.some(({ annotations }) => annotations.readOnlyHint);
const withOutput = (good: Good): boolean =>
  ours(good) &&
  blueprintOf(good).tools.some(({ output }) => output?.['required'] instanceof Array && output['required'].length > 0);
const withTexts = (good: Good): boolean =>
  ours(good) &&
  blueprintOf(good).tools.some(({ input }) => JSON.stringify(input['properties'] ?? {}).includes('"type":"string"'));
const fewTools = (good: Good): boolean => ours(good) && blueprintOf(good).tools.length === 1;
/** Two examples of one tool that promise different things. */
const twice = (good: Good): boolean =>
  ours(good) &&
  blueprintOf(good).tools.some(
    ({ examples }) =>
      new Set(examples.map(({ expect }) => JSON.stringify(expect)).filter((one) => one && !one.includes('isError')))
        .size > 1,
  );
const keepsSecrets = (good: Good): boolean =>
  ours(good) &&
  (blueprintOf(good).environment.some(({ secret }) => secret) ||
    Object.keys(blueprintOf(good).api?.security ?? {}).length > 0);
const calm = (good: Good): boolean =>
  ours(good) && blueprintOf(good).tools.some(({ annotations }) => !annotations.openWorldHint) && promised(good);

const bent =
  'function bent(result: ToolResult, listed: { name: string; outputSchema?: object }, args: unknown): ToolResult';
const unused = 'void [listed, args];';

export const faultsOfCalls: readonly Fault[] = [
  {
    name: 'wrong_answer',
    of: 'wrong answer',
    applies: promised,
    put: (files) => afterCalls(files, `${spoiled}\n${bent} {\n  ${unused}\n  return wrong(result);\n}`),
  },
  {
    name: 'answer_of_the_call_before',
    of: 'wrong answer',
    applies: twice,
    put: (files) =>
      afterCalls(
        files,
        `const last = new Map<string, ToolResult>();\n${bent} {\n  ${unused}\n  const before = last.get(listed.name);\n  last.set(listed.name, result);\n  return before ?? result;\n}`,
      ),
  },
  {
    name: 'every_second_answer_wrong',
    of: 'non-deterministic',
    applies: promised,
    put: (files) =>
      afterCalls(
        files,
        `let count = 0;\n${spoiled}\n${bent} {\n  ${unused}\n  return ++count % 2 === 0 ? wrong(result) : result;\n}`,
      ),
  },
  {
    name: 'unchecked_arguments',
    of: 'missing required',
    applies: (good) => ours(good) && good.kind !== 'api',
    put: (files) => replace(files, 'src/modules/call.ts', 'refuse(name, await tool.checkInput(args));', ''),
  },
  {
    name: 'answers_unknown_tools',
    of: 'missing required',
    applies: ours,
    put: (files) =>
      replace(
        files,
        'src/modules/mcp-server.ts',
        'throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool ${JSON.stringify(params.name)}`);',
        "return { content: [{ type: 'text' as const, text: 'Done.' }] };",
      ),
  },
  {
    name: 'grows',
    of: 'leak (memory)',
    applies: ours,
    put: (files) =>
      beforeCalls(
        files,
        'kept.push(Array.from({ length: 2000 }, (_, index) => index + kept.length));',
        'const kept: number[][] = [];',
      ),
  },
  {
    name: 'tells_environment',
    of: 'leak (secret)',
    applies: keepsSecrets,
    put: (files) => {
      afterCalls(
        files,
        `${bent} {\n  ${unused}\n  return { ...result, content: [...result.content, { type: 'text', text: inherited }] };\n}`,
      );
      beforeCalls(files, '', 'const inherited = JSON.stringify(process.env);');
    },
  },
  {
    name: 'stack_in_errors',
    of: 'leak (inside)',
    applies: ours,
    put: (files) =>
      replace(
        files,
        'src/modules/call.ts',
        errorText,
        "const text = thrown instanceof Error ? (thrown.stack ?? '') : describe(thrown);",
      ),
  },
  {
    name: 'path_in_errors',
    of: 'leak (inside)',
    applies: ours,
    put: (files) =>
      replace(
        files,
        'src/modules/call.ts',
        errorText,
        'const text = `${describe(thrown)} (in ${process.argv[1]})`;',
      ),
  },
  {
    name: 'slow',
    of: 'slow',
    long: true,
    applies: fewTools,
    put: (files) => beforeCalls(files, 'await new Promise((resolve) => setTimeout(resolve, 35_000));'),
  },
  {
    name: 'silent_on_odd_characters',
    of: 'slow',
    long: true,
    applies: withTexts,
    put: (files) =>
      beforeCalls(
        files,
        'if (JSON.stringify(params.arguments ?? {}).includes(String.raw`\\u0000`)) await new Promise(() => undefined);',
      ),
  },
  {
    name: 'blocks_on_long_text',
    of: 'slow',
    long: true,
    applies: withTexts,
    put: (files) =>
      beforeCalls(
        files,
        'const long = JSON.stringify(params.arguments ?? {}).length > 100_000;\n      while (long) Math.random();',
      ),
  },
  {
    name: 'dies_on_empty',
    of: 'crash',
    applies: ours,
    put: (files) =>
      beforeCalls(files, "if (Object.keys(params.arguments ?? {}).length === 0) process.kill(process.pid, 'SIGKILL');"),
  },
  {
    name: 'dies_on_null',
    of: 'crash',
    applies: (good) =>
      ours(good) && JSON.stringify(blueprintOf(good).tools.map(({ input }) => input['properties'])) !== '[{}]',
    put: (files) =>
      beforeCalls(
        files,
        "if (Object.values(params.arguments ?? {}).includes(null)) process.kill(process.pid, 'SIGKILL');",
      ),
  },
  {
    name: 'writes_though_read_only',
    of: 'lies in annotations',
    applies: reading,
    put: (files) =>
      writing(files, "writeFileSync(`${process.env['MCP_WORKSPACE']}/trace.txt`, String(Math.random()));"),
  },
  {
    name: 'writes_where_it_can',
    of: 'lies in annotations',
    applies: reading,
    put: (files) =>
      writing(
        files,
        "try { writeFileSync(`${process.env['MCP_WORKSPACE']}/trace.txt`, String(Math.random())); } catch { /* It stays hidden. */ }",
      ),
  },
  {
    name: 'asks_though_closed',
    of: 'lies in annotations',
    applies: calm,
    put: (files) => beforeCalls(files, "await fetch('https://elsewhere.example/').catch(() => undefined);"),
  },
  {
    name: 'result_without_its_fields',
    of: 'wrong schema',
    applies: withOutput,
    put: (files) =>
      afterCalls(
        files,
        `${bent} {\n  ${unused}\n  return result.isError || listed.outputSchema === undefined ? result : { ...result, structuredContent: {} };\n}`,
      ),
  },
  {
    name: 'prints_when_called',
    of: 'prints to stdout',
    applies: ours,
    put: (files) => beforeCalls(files, "writeSync(1, 'Called.\\n');", "import { writeSync } from 'node:fs';"),
  },
];

function writing(files: Parameters<Fault['put']>[0], statement: string): void {
  beforeCalls(
    files,
    `if (tool.listed.annotations.readOnlyHint) { ${statement} }`,
    "import { writeFileSync } from 'node:fs';",
  );
}
