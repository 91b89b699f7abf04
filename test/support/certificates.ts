import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// No package brings it.
const program = 'openssl';
const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** A throwaway authority, `ca.pem`, and certificates for localhost that it signed: `server` and `client`, each `.pem` and `.key`. */
export function makeCertificates(folder: string): void {
  const openssl = (...args: string[]) => execFileSync(program, args, { cwd: folder, stdio: 'ignore' });
  openssl('req', '-x509', ...ec, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=ca', '-days', '2');
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost');
  for (const name of ['server', 'client']) {
    openssl('req', ...ec, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    const signed = ['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-out', `${name}.pem`];
    openssl(...signed, '-days', '2', '-CAcreateserial', '-extfile', 'names');
    // The sandbox is another user.
    chmodSync(join(folder, `${name}.key`), 0o644);
  }
}
