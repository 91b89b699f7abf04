import { defineRequirements } from './define.ts';

export const storageRequirements = defineRequirements('STORAGE', [
  [
    'The database answers on a unix socket in a private folder only, to a role without superuser rights',
    'design: Chosen parts, database',
  ],
  [
    'A database that outlived its parent is adopted; the last one to close it stops it',
    'design: Chosen parts, database',
  ],
  ['A database that was killed is started again with its data', 'design: The service'],
  [
    'Processes that start together on an empty folder all come up, and migrations run once',
    'spike: PostgreSQL and DBOS',
  ],
  [
    'A migration that was applied and changed since is refused, as is a database of a newer version',
    'design: Chosen parts, database',
  ],
  ['Of many who want one name at once exactly one gets it, the others NAME_TAKEN', 'readme: exit codes'],
  ['What is stored comes back as it was, key order included', 'design: Generate is a pure function'],
  ['Writes are atomic: a tree or file is made beside its place and renamed in', 'design: House rules'],
  ['A secret is in no file of the state folder in plain, and no error tells it', 'readme: secrets'],
  ['A sealed value cannot be read with another key, changed, or moved to another name', 'design: Secrets'],
  ['Known secret values are masked in any text, also as base64 and hexadecimal, and in JSON, URLs and forms', 'readme: secrets'],
  ['A long or closed state folder still gets a database, or a clear error', 'spike: as root, socket path'],
  ['The folders of the state are open to their user only; none that another user may have made is used.', 'security'],
  ['A listing of servers reads no record, with its report and interface', 'design: The service'],
  ['Builds that made no server, or whose server is gone, do not stay for ever', 'readme: delete'],
  ['A change of a server undoes none that is made at the same time, and brings back none that is deleted', 'design: The service'],
]);
