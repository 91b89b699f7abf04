/** Keeps values that must never be written plainly. AES-256-GCM; the key lies in a file 0600 of the state folder, or in the system's keyring. */
export interface Secrets {
  set(server: string, name: string, value: string): Promise<void>;
  get(server: string, name: string): Promise<string | undefined>;
  names(server: string): Promise<readonly string[]>;
  deleteAll(server: string): Promise<void>;
  /** Replaces every known secret value in a text by `[secret NAME]`. */
  mask(text: string): string;
}
