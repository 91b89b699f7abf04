const newline = 0x0a;

/**
 * Hands chunks of a stream on together once a line ends: readers that look for the end in all they have at every chunk
 * would take minutes over a line of megabytes. More than `mostBytes` without an end is handed on as it is.
 */
export function wholeLines(mostBytes: number, take: (bytes: Buffer) => void): (chunk: Buffer) => void {
  let held: Buffer[] = [];
  let size = 0;
  return (chunk) => {
    held.push(chunk);
    size += chunk.length;
    if (!chunk.includes(newline) && size <= mostBytes) return;
    const bytes = held.length === 1 ? chunk : Buffer.concat(held);
    held = [];
    size = 0;
    take(bytes);
  };
}
