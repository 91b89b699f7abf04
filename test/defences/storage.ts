import { without } from './sandbox-edits.ts';
import type { Defence, Edit } from './define.ts';

const builds = 'src/storage/repositories/builds.ts';
const forgets = (promise: string, edit: Edit): Defence =>
  without(promise, [edit], 'src/storage/records.test.ts', ['STORAGE-15']);

export const defences: readonly Defence[] = [
  forgets('Old builds that made no server are forgotten', {
    file: builds,
    from: 'lt(builds.finishedAt, new Date(before))',
    to: 'lt(builds.finishedAt, new Date(0))',
  }),
  forgets('Builds of a server that stands are kept', {
    file: builds,
    from: 'notInArray(builds.server, db.select({ name: servers.name }).from(servers))',
    to: "ne(builds.server, '')",
  }),
];
