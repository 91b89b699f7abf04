import type { Request } from '../spec/index.ts';
import type { PlannedTool } from './tools.ts';

export interface Group {
  readonly suffix: string;
  readonly tools: readonly PlannedTool[];
  readonly why: string;
}

/** One server, unless the request asks for several and its tools fall apart into those that call out and those that do not. */
export function divide(request: Request, tools: readonly PlannedTool[]): Group[] {
  const asked = /\b(separate|two|several|different|multiple|own) (mcp )?servers?\b/i.test(
    [request.intent, ...request.requirements, ...request.constraints].join('\n'),
  );
  const outside = tools.filter(({ tool }) => tool.annotations.openWorldHint);
  const inside = tools.filter(({ tool }) => !tool.annotations.openWorldHint);
  if (!asked || outside.length === 0 || inside.length === 0) {
    return [
      {
        suffix: '',
        tools,
        why: `One server: its ${tools.length === 1 ? 'tool has' : 'tools share'} one workspace, one set of grants and one purpose.`,
      },
    ];
  }
  return [
    {
      suffix: '-api',
      tools: outside,
      why: 'Its tools call other systems and hold credentials; the request asks for separate servers.',
    },
    {
      suffix: '-data',
      tools: inside,
      why: 'Its tools work on local data and need no network; the request asks for separate servers.',
    },
  ];
}
