import { ToolError } from './errors.ts';
import { isRecord } from './schema.ts';
import type { Tool } from './tool.ts';

export interface TextContent {
  readonly type: 'text';
  readonly text: string;
}

/** A pointer to a file that the client can read as a resource. */
export interface ResourceLink {
  readonly type: 'resource_link';
  readonly uri: string;
  readonly name: string;
}

/** Base64 of an image or a sound. */
export interface MediaContent {
  readonly type: 'image' | 'audio';
  readonly data: string;
  readonly mimeType: string;
}

/** Other bytes, in base64. */
export interface EmbeddedResource {
  readonly type: 'resource';
  readonly resource: { readonly uri: string; readonly mimeType: string; readonly blob: string };
}

export type Content = TextContent | ResourceLink | MediaContent | EmbeddedResource;

/** The protocol's tool result. */
export interface ToolResult {
  readonly content: Content[];
  readonly structuredContent?: Record<string, unknown>;
  readonly isError?: boolean;
}

const attachments = new WeakMap<object, readonly Content[]>();

/** An answer with content beside its text, such as an image. */
export function withContent<Answer extends object>(answer: Answer, content: readonly Content[]): Answer {
  attachments.set(answer, content);
  return answer;
}

/**
 * The result of what a tool returned: as text and as structured content; a value that is no object becomes `{result}`.
 * @throws ToolError when it is no JSON, does not fit the output schema, or is too large to be cut.
 */
export async function toResult<Context>(
  tool: Tool<Context>,
  value: unknown,
  maxCharacters: number,
): Promise<ToolResult> {
  const json = toJson(tool.listed.name, isRecord(value) ? value : { result: value ?? null });
  const structuredContent = JSON.parse(json) as Record<string, unknown>;
  const problem = await tool.checkOutput?.(structuredContent);
  if (problem !== undefined) {
    throw new ToolError(
      `${tool.listed.name} gave an answer that does not fit its output schema: ${problem}`,
      'This is a fault of the tool.',
    );
  }
  const text = typeof value === 'string' ? value : json;
  const attached = isRecord(value) ? (attachments.get(value) ?? []) : [];
  if (text.length <= maxCharacters) return { content: [{ type: 'text', text }, ...attached], structuredContent };
  return cut(tool, text, maxCharacters);
}

function toJson(name: string, value: object): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new ToolError(`${name} returned a value that is no JSON: ${reason}`, 'Change the tool to return plain data.');
  }
}

/** Text can be cut; an answer that promised a shape cannot. */
function cut<Context>(tool: Tool<Context>, text: string, maxCharacters: number): ToolResult {
  const size = `The result has ${text.length} characters, over the limit of ${maxCharacters}.`;
  const next = askForLess(tool);
  if (tool.checkOutput !== undefined) throw new ToolError(size, next);
  const shown = text.slice(0, maxCharacters);
  return { content: [{ type: 'text', text: `${shown}\n… ${size} Only the beginning is shown. ${next}` }] };
}

function askForLess<Context>(tool: Tool<Context>): string {
  const properties = tool.listed.inputSchema['properties'];
  const names = Object.keys(isRecord(properties) ? properties : {});
  const narrowing = names.filter((name) =>
    /limit|max|count|page|offset|cursor|first|top|fields|columns|filter|query|from|to$/i.test(name),
  );
  return narrowing.length > 0 ? `Ask for less with ${narrowing.join(', ')}.` : 'Ask for less: narrow the arguments.';
}
