import { plain, style } from '../output.ts';

interface CallResult {
  readonly content: readonly { readonly type: string; readonly text?: string; readonly uri?: string; readonly mimeType?: string }[];
  readonly isError?: boolean;
}

/** Texts as they stand; other content by type. */
export function renderCall(result: CallResult): string {
  const text = result.content.map((part) => plain(part.text ?? `[${part.type} ${part.uri ?? part.mimeType ?? ''}]`)).join('\n');
  return result.isError === true ? `${style('red', '✗')} ${text}` : text;
}
