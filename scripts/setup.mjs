// Sets a checkout up with Node's built-ins alone, then runs the script named on the command line
// with the pinned Node: `node scripts/setup.mjs scripts/quickstart.ts [arguments]`.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pinnedNode = join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
const stampFile = join(root, 'node_modules', '.mcp-crafter-setup');

/** Says what is missing and the one command that gets it, and ends with the exit code for a lacking machine. */
function missing(what, command) {
  process.stderr.write(`\nmcp-crafter needs ${what}.\n  Get it with: ${command}\n  Then run the same command again.\n`);
  process.exit(6);
}

function has(program) {
  // Debian's Python comes without what makes environments.
  if (program === 'python3') return spawnSync('python3', ['-c', 'import ensurepip']).status === 0;
  return `${process.env.PATH ?? ''}:/usr/sbin`.split(':').some((folder) => folder !== '' && existsSync(join(folder, program)));
}

function checkMachine() {
  if (process.platform !== 'linux') {
    missing(
      'Linux (its sandbox is bubblewrap)',
      'docker run -it --privileged -v "$PWD":/mcp-crafter -w /mcp-crafter node:24-bookworm bash',
    );
  }
  if (!['x64', 'arm64'].includes(process.arch))
    missing('a 64-bit x86 or ARM processor', 'uname -m   # must say x86_64 or aarch64');
  if (Number(process.versions.node.split('.')[0]) < 20)
    missing(`Node 20 or newer (this is ${process.version})`, 'npm install --global n && n 24');
}

function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(pinnedNode) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock) return;
  process.stderr.write('Installing the packages of package-lock.json (about 20 seconds, once) …\n');
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (npm.error)
    missing('npm', process.getuid?.() === 0 ? 'apt-get install --yes npm' : 'sudo apt-get install --yes npm');
  if (npm.status !== 0 || !existsSync(pinnedNode)) {
    process.stderr.write(
      '\nThe packages could not be installed; npm says why above.\n  Once that is mended, run the same command again.\n',
    );
    process.exit(6);
  }
  writeFileSync(stampFile, lock);
}

/** Programs that come from the system: installed as root, asked for otherwise. */
function installPrograms() {
  const wanted = [
    ['bwrap', 'bubblewrap'],
    ['setpriv', 'util-linux'],
    ['prlimit', 'util-linux'],
    // Certificates of the tests are made by it; one of the foreign clients is Python's.
    ...(process.argv.includes('scripts/test.ts')
      ? [
          ['openssl', 'openssl'],
          ['python3', 'python3-venv'],
          // A login session with a keyring.
          ['dbus-daemon', 'dbus'],
          ['gnome-keyring-daemon', 'gnome-keyring'],
          // The second sandbox.
          ['dockerd', 'docker.io'],
        ]
      : []),
  ];
  const packages = [...new Set(wanted.filter(([program]) => !has(program)).map(([, name]) => name))];
  if (packages.length === 0) return;
  const names = packages.join(' ');
  if (process.getuid?.() !== 0 || !has('apt-get')) {
    missing(
      packages.join(' and '),
      has('apt-get')
        ? `sudo apt-get update && sudo apt-get install --yes ${names}`
        : `install ${names} with your system's package manager`,
    );
  }
  process.stderr.write(`Installing ${names} …\n`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const words of [
    ['update', '-qq'],
    ['install', '--yes', '-qq', '--no-install-recommends', ...packages],
  ]) {
    spawnSync('apt-get', words, { stdio: ['ignore', 'ignore', 2], env: environment });
  }
  if (!has(wanted.find(([, name]) => name === packages[0])[0]))
    missing(names, `apt-get update && apt-get install --yes ${names}`);
}

checkMachine();
installPrograms();
installPackages();
const [script, ...words] = process.argv.slice(2);
if (script !== undefined) {
  const run = spawnSync(pinnedNode, ['--disable-warning=ExperimentalWarning', script, ...words], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${dirname(pinnedNode)}:${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
      NODE_USE_SYSTEM_CA: '1',
    },
  });
  process.exit(run.status ?? 1);
}
