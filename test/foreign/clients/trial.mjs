/**
 * What every client of this folder does. It is started with one argument, `{ stdio: { command, args, env } }` or
 * `{ http: { url, headers } }`, with `right` and `wrong`, a call each, and prints what it saw as JSON.
 */
export async function tryServer(open) {
  const order = JSON.parse(process.argv[2]);
  const client = await open(order);
  try {
    const tools = await client.list();
    const right = await client.call(order.right.name, order.right.arguments);
    const wrong = await client.call(order.wrong.name, order.wrong.arguments);
    process.stdout.write(JSON.stringify({ tools, right: plain(right), wrong: plain(wrong) }));
  } finally {
    await client.close();
  }
}

const plain = ({ structuredContent, isError = false, content }) => ({
  structured: structuredContent,
  isError,
  text: content.map((part) => part.text ?? '').join('\n'),
});
