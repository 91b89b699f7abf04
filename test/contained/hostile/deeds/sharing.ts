import type { Deed } from './deed.ts';

/** Changes what every module of its process stands on, and leaves things where another process might look. */
export const poison: Deed = {
  name: 'poison_world',
  tries: 'changes prototypes, built-in modules and shared folders for all calls to come',
  code: `const [all, lists] = [{}, []].map((each) => Object.getPrototypeOf(each));
const [builtin, http] = ['node:fs', 'node:http'].map((name) => process.getBuiltinModule(name) as any);
for (const change of [
  () => Object.defineProperty(all, 'polluted', { value: 'yes' }),
  () => Object.defineProperty(lists, 'poisoned', { value: 'yes' }),
  () => ((JSON as any).poisoned = 'yes'),
  () => ((globalThis as any).poisoned = 'yes'),
  () => ((globalThis as any).encodeURIComponent = () => 'poisoned'),
  () => ((Intl.DateTimeFormat.prototype as any).poisoned = 'yes'),
  () => ((RegExp.prototype as any).poisoned = 'yes'),
  () => (builtin.readFileSync = () => 'poisoned'),
  () => (http.request = () => 'poisoned'),
  () => process.getBuiltinModule('node:module').syncBuiltinESMExports(),
  () => (process.env.POISONED = 'yes'),
  () => builtin.writeFileSync('/tmp/poison', 'yes'),
  () => builtin.writeFileSync('/dev/shm/poison', 'yes'),
])
  try { change(); } catch {}
return { said: 'poisoned' };`,
  says: /^poisoned$/,
};

/** What there is to see of it. */
export const look: Deed = {
  name: 'look_around',
  tries: 'looks for what others have changed',
  code: `const found = { prototype: ({} as any).polluted, list: ([] as any).poisoned, json: (JSON as any).poisoned, dates: (Intl.DateTimeFormat.prototype as any).poisoned, patterns: (RegExp.prototype as any).poisoned, global: (globalThis as any).poisoned, environment: process.env.POISONED };
const seen = Object.entries(found).flatMap(([name, value]) => (value ? [name] : []));
if (fs.readFileSync('/proc/self/comm', 'utf8') === 'poisoned') seen.push('module');
if (String(process.getBuiltinModule('node:http').request).includes('poisoned')) seen.push('http');
if (encodeURIComponent('a') === 'poisoned') seen.push('encoding');
for (const folder of ['/tmp', '/dev/shm']) if (fs.existsSync(folder + '/poison')) seen.push(folder);
return { said: 'sees ' + seen.join(' ') };`,
  says: /^sees $/,
};
