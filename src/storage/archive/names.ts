/** Of the archive's layout; it changes when an older mcp-crafter could not read a newer one's archive. */
export const backupFormat = 1;

/** What a backup of a state folder holds, in this order. */
export const backupNames = {
  about: 'mcp-crafter-backup.json',
  /** One row a line: its table, a blank, the row as JSON. */
  rows: 'database.rows',
  key: 'key',
  folders: ['servers', 'artifacts', 'workspaces', 'logs'],
} as const;

/** Longest path in it, in bytes: Linux takes 4096, with the state folder's own. */
export const longestBackupPath = 3000;
