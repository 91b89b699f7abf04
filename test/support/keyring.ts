import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A login session's bus with a real, unlocked keyring, which keeps its files in a folder of the test. */
export interface LoginSession {
  /** For processes that belong to the session. */
  readonly environment: NodeJS.ProcessEnv;
  end(): Promise<void>;
}

export async function openLoginSession(folder: string): Promise<LoginSession> {
  const places = { HOME: folder, XDG_DATA_HOME: join(folder, 'data'), XDG_RUNTIME_DIR: join(folder, 'run') };
  for (const place of Object.values(places)) mkdirSync(place, { recursive: true, mode: 0o700 });
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    env: { ...process.env, ...places },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = (await once(bus.stdout.setEncoding('utf8'), 'data')) as [string];
  const session = { ...places, DBUS_SESSION_BUS_ADDRESS: address.trim() };
  // The password is the line that it reads, an empty one.
  const keyring = spawn('gnome-keyring-daemon', ['--unlock', '--foreground', '--components=secrets'], {
    env: { ...process.env, ...session },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  keyring.stdin.end('\n');
  await untilOwned(session);
  return {
    environment: session,
    async end() {
      for (const child of [keyring, bus]) await ended(child);
    },
  };
}

async function untilOwned(session: NodeJS.ProcessEnv): Promise<void> {
  const words = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner'];
  for (let tries = 0; tries < 200; tries++) {
    const asking = spawn('dbus-send', [...words, 'string:org.freedesktop.secrets'], {
      env: { ...process.env, ...session },
    });
    let said = '';
    asking.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    await once(asking, 'close');
    if (said.includes('boolean true')) return;
    await sleep(25);
  }
  throw new Error('The keyring did not come up.');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
