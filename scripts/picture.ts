import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const cell = { width: 8.4, height: 19 };
const margin = 20;
const bar = 34;

/** Colours of the eight that the output uses; light text on a dark ground. */
const colours: Readonly<Record<string, string>> = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 36: '#79c0ff' };

/** The codes of a change of style; splitting by it gives text and codes in turn. */
const styling = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m`);

/** A terminal's text, with its colours, as SVG: the same text gives the same picture. */
export function terminalSvg(text: string): string {
  const lines = text.trimEnd().split('\n');
  const columns = Math.max(...lines.map((line) => [...stripVTControlCharacters(line)].length));
  const width = Math.ceil(columns * cell.width + 2 * margin);
  const height = bar + lines.length * cell.height + margin;
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (fill, at) => `<circle cx="${22 + at * 20}" cy="18" r="6" fill="${fill}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Output of npm run quickstart">`,
    `<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>`,
    ...dots,
    `<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" fill="#d0d7de" xml:space="preserve">`,
    ...lines.flatMap((line, row) => lineSvg(line, bar + (row + 1) * cell.height)),
    '</g>',
    '</svg>\n',
  ].join('\n');
}

/** One text element for each run of one style, placed by column so that no font shifts the table. */
function lineSvg(line: string, y: number): string[] {
  const style = { bold: false, dim: false, colour: '' };
  let column = 0;
  return line.split(styling).flatMap((part, index) => {
    if (index % 2 === 1) {
      for (const code of part.split(';')) apply(style, code);
      return [];
    }
    return part.split(/( {2,})/).flatMap((words) => {
      const at = column;
      column += [...words].length;
      if (words.trim() === '') return [];
      const x = (margin + at * cell.width).toFixed(1);
      return [
        `<text x="${x}" y="${y}" textLength="${([...words].length * cell.width).toFixed(1)}"${attributes(style)}>${escape(words)}</text>`,
      ];
    });
  });
}

function apply(style: { bold: boolean; dim: boolean; colour: string }, code: string): void {
  if (code === '' || code === '0') Object.assign(style, { bold: false, dim: false, colour: '' });
  else if (code === '1') style.bold = true;
  else if (code === '2') style.dim = true;
  else if (code === '22') Object.assign(style, { bold: false, dim: false });
  else style.colour = colours[code] ?? '';
}

function attributes({ bold, dim, colour }: { bold: boolean; dim: boolean; colour: string }): string {
  const fill = colour === '' && bold ? '#ffffff' : colour;
  return `${fill === '' ? '' : ` fill="${fill}"`}${bold ? ' font-weight="bold"' : ''}${dim ? ' opacity="0.65"' : ''}`;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Runs quickstart in a throwaway state folder and gives what stays on the terminal. */
function quickstart(root: string): string {
  const state = mkdtempSync(join(tmpdir(), 'picture-'));
  const env = { ...process.env, MCP_CRAFTER_HOME: state, FORCE_COLOR: '1' };
  const crafter = (...words: string[]) => spawnSync(join(root, 'bin', 'mcp-crafter'), words, { env, encoding: 'utf8' });
  try {
    const { status, stdout, stderr } = crafter('quickstart');
    if (status !== 0) throw new Error(`quickstart failed:\n${stderr}`);
    return stdout.replaceAll(state, '/var/lib/mcp-crafter').trim();
  } finally {
    crafter('serve', '--stop');
    rmSync(state, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(
    join(root, 'docs', 'quickstart.svg'),
    terminalSvg(`\u001B[32m$\u001B[39m npm run quickstart\n\n${quickstart(root)}`),
  );
}
