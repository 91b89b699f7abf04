import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const id = 64_123;

/** How to start a program as somebody who is not root. */
export interface OrdinaryUser {
  /** Words before the command. */
  readonly words: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/**
 * An ordinary user with a home and a temporary folder of its own below `folder`, who works in the checkout `root`, though
 * it may lie where only root gets in: its processes see the checkout, and themselves in the list of users, and no other
 * process does. Whoever is no root already is taken as is.
 */
export function ordinaryUser(folder: string, root: string): OrdinaryUser {
  if (process.getuid?.() !== 0) return { words: [], env: {} };
  const [home, temporary, checkout] = ['user', 'user/tmp', 'checkout'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const place of [home, temporary, checkout]) mkdirSync(place);
  for (const place of [home, temporary]) chownSync(place, id, id);
  const lists = [
    ['passwd', `ordinary:x:${id}:${id}::${home}:/bin/sh\n`],
    ['group', `ordinary:x:${id}:\n`],
  ].flatMap(([name = '', line = '']) => {
    writeFileSync(join(folder, name), readFileSync(`/etc/${name}`, 'utf8') + line);
    return ['--ro-bind', join(folder, name), `/etc/${name}`];
  });
  const world = ['--dev-bind', '/', '/', '--ro-bind', root, checkout, ...lists, '--chdir', checkout];
  const node = relative(root, process.execPath);
  const programs = [join(checkout, node, '..'), join(checkout, 'node_modules', '.bin'), '/usr/local/bin:/usr/bin:/bin'];
  return {
    words: ['bwrap', ...world, '--', 'setpriv', `--reuid=${id}`, `--regid=${id}`, '--clear-groups'],
    env: {
      HOME: home,
      TMPDIR: temporary,
      PWD: checkout,
      PATH: programs.join(':'),
      NODE_COMPILE_CACHE: join(home, 'compile'),
    },
  };
}
