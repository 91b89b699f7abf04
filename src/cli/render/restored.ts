import type { Restored } from '../../local/index.ts';
import { plain, within } from '../output.ts';
import { grantsIn } from './reach.ts';

/** That nothing runs yet, what will, and what each server may reach from then on: a backup brings its grants along. */
export function renderRestored(stateFolder: string, { servers }: Pick<Restored, 'servers'>): string {
  const started = servers.some(({ starts }) => starts);
  return [
    `${plain(stateFolder)} is as it was when the backup was made. Nothing of it runs yet.`,
    ...(servers.length === 0 ? [] : ['Its servers, and what the backup grants them beside their workspaces:']),
    ...servers.map(({ name, starts, grants, out }) => {
      const reach = grantsIn(grants).join(', ') || 'nothing';
      const written = out === undefined ? '' : `; next versions are written to ${within(out)}, too`;
      return `  ${name}${starts ? ' (starts)' : ''}: ${reach}${written}`;
    }),
    started
      ? 'The next command, such as `mcp-crafter list`, starts those that ran. Look at their grants first when the backup is not your own.'
      : 'Go on with: mcp-crafter list',
  ].join('\n');
}
