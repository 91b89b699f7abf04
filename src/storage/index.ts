export { writeAtomically, writeTree } from './files.ts';
export { tryLock, withDatabaseLock } from './locks.ts';
export { probeDatabase, type DatabaseProbe } from './probe.ts';
export { prepareStateFolder } from './state-folder.ts';
export { openStorage } from './storage.ts';
export type { ServerRecord, Storage, StorageConfig } from './types.ts';
