import { expect, it } from 'vitest';
import { serviceEnvironment } from './environment.ts';

it('[SECRETS-3] a service has of its starter’s environment what it needs, and nothing else', () => {
  const needed = {
    PATH: '/usr/bin',
    HOME: '/home/me',
    LC_ALL: 'C',
    TMPDIR: '/var/tmp',
    XDG_RUNTIME_DIR: '/run/user/1',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1/bus',
    DOCKER_HOST: 'unix:///run/docker.sock',
    MCP_CRAFTER_SANDBOX: 'docker',
    NODE_USE_SYSTEM_CA: '1',
    https_proxy: 'http://proxy.test',
    NO_PROXY: 'localhost',
    NPM_CONFIG_REGISTRY: 'https://registry.test',
  };
  const others = {
    API_KEY: 'x',
    SSH_AUTH_SOCK: '/run/ssh',
    NODE_AUTH_TOKEN: 'x',
    'npm_config_//registry.test/:_authToken': 'x',
    npm_config__auth: 'x',
    PGPASSWORD: 'x',
    MY_PATH: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
  };
  expect(serviceEnvironment({ ...needed, ...others })).toEqual(needed);
  const database = { DATABASE_URL: 'postgres://db.test', PGPASSWORD: 'x' };
  expect(serviceEnvironment({ ...others, ...database })).toEqual(database);
});
