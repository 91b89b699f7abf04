/** Lines that cannot be messages: each of those names its protocol. */
export function tellNoise(bytes: Buffer, tell: (line: string) => void): void {
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    const line = bytes.subarray(start, end);
    if (!line.includes('"jsonrpc"') && line.toString('utf8', 0, 200).trim() !== '') tell(line.toString('utf8', 0, 200));
    start = end + 1;
  }
}
