import { withCommandLine, type CommandLine, type Ran } from '../../support/cli.ts';
import { toolOf, type Deed } from './deeds/deed.ts';

export interface HostileBench extends CommandLine {
  /** Makes a server of deeds and starts it. */
  make(name: string, deeds: readonly Deed[]): Promise<Ran>;
  /** Tells a tool to do its deed. */
  order(
    server: string,
    tool: string,
    aim?: object,
    seconds?: number,
  ): Promise<Ran & { readonly said: string | undefined }>;
}

/** For tests: the product under test with a way to make hostile servers and to let them loose. */
export function withHostile(): HostileBench {
  const cli = withCommandLine();
  return {
    ...cli,
    make: (name, deeds) =>
      cli.run([
        'create',
        cli.file(`${name}.json`, {
          server_name: name,
          description: 'Words and numbers.',
          custom_tools: deeds.map(toolOf),
        }),
        '--start',
        '--wait',
        '--json',
      ]),
    async order(server, tool, aim = {}, seconds = 20) {
      const order = JSON.stringify({ order: `do:${JSON.stringify(aim)}` });
      const ran = await cli.run(['call', server, tool, order, '--json', '--timeout-seconds', String(seconds)]);
      const { structuredContent } = (ran.stdout === '' ? {} : ran.json) as { structuredContent?: { said: string } };
      return { ...ran, said: structuredContent?.said };
    },
  };
}

/** A tool that does nothing wrong, to see whether its server goes on. */
export const calm: Deed = { name: 'say_calm', tries: 'nothing', code: "return { said: 'calm' };", says: /^calm$/ };
