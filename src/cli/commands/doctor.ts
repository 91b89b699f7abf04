import type { Command } from 'commander';
import { style } from '../output.ts';
import type { CommandContext } from '../program.ts';

export function addDoctor(program: Command, context: CommandContext): void {
  program
    .command('doctor')
    .description('Look at what this machine has and lacks, and say the command that mends each.')
    .option('--json', 'Write one JSON document to stdout.')
    .action(async () => {
      const { examine } = await import('../../local/index.ts');
      const findings = await examine(context.stateFolder);
      const width = Math.max(...findings.map((finding) => finding.part.length));
      const lines = findings.flatMap((finding) => {
        const mark = finding.ok ? style('green', '✓') : style('red', '✗');
        const line = `${mark} ${finding.part.padEnd(width)}  ${finding.message}`;
        return finding.remedy === undefined ? [line] : [line, `  ${' '.repeat(width)}  ${style('cyan', '→')} ${finding.remedy}`];
      });
      const ok = findings.every((finding) => finding.ok);
      context.output.result({ ok, findings }, [...lines, '', ok ? 'All is well.' : 'Something is missing.'].join('\n'));
      process.exitCode = ok ? 0 : 6;
    });
}
