import { externalReferences } from '../../util/index.ts';
import { readTree } from './document/text.ts';
import { isObject, own, textOf } from './document/tree.ts';
import { walk } from './document/walk.ts';

/**
 * References of an API document, or of a part of one, to other documents, without fragment, each once, as they are
 * written: those at a place where a reference stands, so not what only looks like one in an example or a description.
 * Nothing for a text that cannot be read: its reader says why.
 */
export function referencesIn(text: string): string[] {
  if (externalReferences(text).length === 0) return [];
  const found = new Set<string>();
  const note = (reference: unknown): void => {
    const document = textOf(reference)?.split('#')[0] ?? '';
    if (document !== '') found.add(document);
  };
  try {
    walk(
      readTree(text, () => undefined),
      (object) => {
        note(own(object, '$ref'));
        note(own(object, '$dynamicRef'));
        const mapping = own(own(object, 'discriminator'), 'mapping');
        // A name of a schema is no document.
        if (isObject(mapping))
          for (const target of Object.values(mapping)) if (/[/.#]/.test(String(target))) note(target);
      },
    );
  } catch {
    return [];
  }
  return [...found];
}
