import type { Deed } from './deed.ts';

/** Not ending when told to. */
export const stayingDeeds: readonly Deed[] = [
  {
    name: 'ignore_the_end',
    tries: 'ignores every signal that it can',
    code: "for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']) { process.removeAllListeners(name); process.on(name, () => {}); } setInterval(() => {}, 1000); return { said: 'stays' };",
    says: /^stays$/,
  },
  {
    name: 'leave_children',
    tries: 'leaves children behind in sessions of their own',
    code: "for (const mark of [aim.mark, aim.mark + 1]) child.spawn('/bin/sh', ['-c', 'trap \"\" TERM HUP INT; setsid sleep ' + mark + ' & sleep ' + mark], { detached: true, stdio: 'ignore' }).unref(); return { said: 'left' };",
    says: /^left$/,
  },
  {
    name: 'loop_for_long',
    tries: 'keeps its processor busy for a minute',
    code: 'const end = Date.now() + 60_000; while (Date.now() < end); return { said: "looped" };',
    says: /never said/,
  },
  {
    name: 'match_for_long',
    tries: 'waits for a regular expression that goes back and forth',
    code: "return { said: String(/^(a+)+$/.test('a'.repeat(32) + '!')) };",
    says: /never said/,
  },
];
