import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

const script = String.raw`
const fs = require('node:fs');
const top = process.argv[1];
process.chdir(top);
for (let depth = 0; depth < 25; depth++) {
  fs.mkdirSync('d'.repeat(200));
  process.chdir('d'.repeat(200));
  fs.writeFileSync('f', 'x');
}
process.chdir(top);
fs.writeFileSync(Buffer.from([0xff, 0xfe]), '');
for (const [shut, mode] of [['shut', 0], ['kept', 0o500]]) {
  fs.mkdirSync(shut + '/in', { recursive: true });
  fs.writeFileSync(shut + '/in/f', '');
  fs.chmodSync(shut + '/in', mode);
  fs.chmodSync(shut, mode);
}
`;

/**
 * Makes a folder what code in the sandbox can make of it: with a path longer than the system takes, a name that is no text,
 * folders that may not be read or written to.
 */
export function makeForeignTree(folder: string): void {
  mkdirSync(folder, { recursive: true });
  execFileSync(process.execPath, ['-e', script, folder]);
}
