type Environment = Readonly<Record<string, string | undefined>>;

/** What a service needs of the environment of whoever's command starts it, and who reads it. */
const needed: readonly (readonly [names: RegExp, reader: string])[] = [
  [/^MCP_CRAFTER_\w+$/, 'itself: state folder, sandbox, control groups, age of packages'],
  [/^DATABASE_URL$/, 'itself: where its rows lie'],
  [/^(?:HOME|USER|LOGNAME|SHELL)$/, 'Node, npm and the database client: whose settings and which role'],
  [/^(?:PATH|LD_LIBRARY_PATH)$/, 'where bwrap, prlimit and npm are found, and their libraries'],
  [/^(?:TMPDIR|TMP|TEMP)$/, 'Node: where sockets lie whose state folder has a long path'],
  [/^XDG_\w+$/, 'the keyring (runtime folder), the launcher (cache)'],
  [/^DBUS_\w+$/, 'the keyring'],
  [/^DOCKER_HOST$/, 'the sandbox'],
  [/^(?:LANG|LANGUAGE|LC_\w+|TZ)$/, 'Node and all programs: language and local time'],
  [/^(?:https?_proxy|no_proxy)$/i, 'itself: the way to documents at URLs'],
  [/^(?:NODE_EXTRA_CA_CERTS|NODE_USE_SYSTEM_CA|SSL_CERT_\w+)$/, 'Node: who vouches for those'],
  [/^(?:NODE_OPTIONS|NODE_COMPILE_CACHE|NODE_DISABLE_COMPILE_CACHE)$/, 'Node'],
  [
    /^npm_config_(?:registry|userconfig|globalconfig|prefix)$/i,
    'npm: the registry, and the files that name it; no tokens',
  ],
];

/** What the PostgreSQL client takes from its environment (libpq) belongs to a DATABASE_URL. */
const ofDatabaseUrl = /^PG[A-Z]+$/;

/**
 * The environment that a service is started with. It outlives the command that starts it, and the environment of a process
 * can be read for as long as it lives: what a shell holds beside, such as a secret that `--env NAME` takes, is not its business.
 */
export const serviceEnvironment = (environment: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined &&
        (needed.some(([names]) => names.test(entry[0])) ||
          (Boolean(environment['DATABASE_URL']) && ofDatabaseUrl.test(entry[0]))),
    ),
  );
