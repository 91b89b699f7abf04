import type { Socket } from 'node:net';

/** One message of PostgreSQL's wire protocol 3: type, length, content. */
function message(type: string, ...parts: readonly (string | number | Buffer)[]): Buffer {
  const content = Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'string') return Buffer.from(`${part}\0`);
      if (typeof part !== 'number') return part;
      const bytes = Buffer.alloc(4);
      bytes.writeInt32BE(part);
      return bytes;
    }),
  );
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

const short = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
const ready = message('Z', Buffer.from('I'));

/** For tests: a database that lets everybody in and answers each query with the one text `row`. */
export function talkPostgres(socket: Socket, row: string): void {
  let greeted = false;
  socket.on('data', (bytes) => {
    if (!greeted) {
      greeted = true;
      socket.write(Buffer.concat([message('R', 0), ready]));
    } else if (bytes.toString('latin1', 0, 1) === 'Q') {
      const column = message('T', short(1), 'answer', 0, short(0), 25, short(-1 & 0xffff), -1, short(0));
      const data = message('D', short(1), row.length, Buffer.from(row));
      socket.write(Buffer.concat([column, data, message('C', 'SELECT 1'), ready]));
    } else socket.end();
  });
}

/** For tests: a mail server that greets first, and keeps what it is sent. */
export function talkMail(socket: Socket, received: string[]): void {
  socket.write('220 mail.test ESMTP\r\n');
  let inData = false;
  let rest = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      received.push(line);
      if (inData && line !== '.') continue;
      inData = line === 'DATA';
      if (line === 'QUIT') socket.end('221 bye\r\n');
      else socket.write(inData ? '354 go on\r\n' : '250 ok\r\n');
    }
  });
}
