import { languageConformance } from '../conformance.ts';
import { createTypescript } from './index.ts';

languageConformance(createTypescript, {
  echo: 'return { text };',
  print: 'console.log(\'to stdout\');\nprocess.stdout.write(\'{"jsonrpc":"2.0"}\\n\');\nreturn { printed: true };',
  exit: 'process.exit(3);',
  hang: 'await new Promise(() => {});',
  fail: "throw new Error('broken');",
  loose:
    "const counts = {};\nfor (const word of text.split(' ')) counts[word] = (counts[word] || 0) + 1;\nfunction same(value) { return value; }\nreturn same(counts);",
  wrong: 'const size = text.length;\nreturn size.toUppercase();',
  unparsable: 'const a = 1;\nreturn { a: ;',
  breakout: 'return 1;\n}\nasync function outside() {\n  return 2;',
});
