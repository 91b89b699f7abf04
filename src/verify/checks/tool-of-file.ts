/** The tool that a file of a generated project, or a place in its given code, belongs to. */
export function toolOfFile(file: string): { tool?: string } {
  const name = /^src\/tools\/([\w-]+)\.ts$/.exec(file)?.[1] ?? /^implementation of (\w+)$/.exec(file)?.[1];
  return name === undefined ? {} : { tool: name.replaceAll('-', '_') };
}
