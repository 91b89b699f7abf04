/** What is done: words that ask for the same deed; the first stands for all. */
export const deeds = [
  [
    'get',
    'fetch',
    'retrieve',
    'read',
    'show',
    'view',
    'display',
    'load',
    'obtain',
    'describe',
    'detail',
    'info',
    'see',
  ],
  ['list', 'enumerate', 'browse', 'index', 'which', 'what'],
  ['create', 'add', 'new', 'insert', 'make', 'post', 'register', 'open', 'start', 'provision', 'generate'],
  ['update', 'modify', 'edit', 'change', 'patch', 'put', 'set', 'replace', 'rename', 'alter', 'adjust'],
  ['delete', 'remove', 'destroy', 'drop', 'erase', 'unset', 'purge', 'clear', 'prune'],
  ['search', 'find', 'query', 'lookup', 'filter'],
];

/** Other words that mean the same. */
export const things = [
  ['send', 'submit', 'publish', 'dispatch', 'emit'],
  ['cancel', 'abort', 'stop', 'terminate', 'revoke'],
  ['upload', 'attach', 'import'],
  ['download', 'export'],
  ['copy', 'duplicate', 'clone'],
  ['user', 'account', 'member', 'person', 'people'],
  ['picture', 'image', 'photo'],
  ['song', 'track'],
  ['org', 'organization', 'organisation', 'company'],
  ['repo', 'repository'],
  ['config', 'configuration', 'setting', 'preference'],
  ['auth', 'authentication', 'authorization', 'login', 'signin'],
  ['log', 'logs', 'audit', 'history'],
  ['doc', 'document', 'documentation'],
  ['msg', 'message'],
  ['db', 'database'],
  ['env', 'environment'],
  ['var', 'variable'],
  ['ssl', 'tls'],
  ['exec', 'execute'],
  ['id', 'identifier'],
  ['current', 'my', 'me', 'own', 'myself'],
];

/** Verbs that make or change something, by the deed they come down to. */
export const implying = {
  create:
    'send submit upload attach deploy schedule invite comment reply log book order pay publish copy clone duplicate transfer record charge save react follow subscribe enroll',
  update: 'assign mark move complete close turn enable disable lock unlock suspend restart upgrade resize',
  delete: 'unassign kick ban leave unfollow unsubscribe revoke',
};
