/** Keys that secretlint's preset does not know or finds only in some positions. */
export const keyPatterns: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'an AWS access key id', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  { name: 'a private key', pattern: /-----BEGIN (?:[A-Z]+ ){0,2}PRIVATE KEY-----(?:\s|\\n)*[A-Za-z0-9+/=]{16,}/g },
  { name: 'an OpenAI key', pattern: /\bsk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,}/g },
  { name: 'an Anthropic key', pattern: /\bsk-ant-[A-Za-z0-9_-]{20,}/g },
  { name: 'an OpenRouter key', pattern: /\bsk-or-v1-[0-9a-f]{32,}/g },
  { name: 'a Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{16,}/g },
  { name: 'a Google API key', pattern: /\bAIza[0-9A-Za-z_-]{35}\b/g },
  { name: 'a GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20,}/g },
  { name: 'a Hugging Face token', pattern: /\bhf_[A-Za-z0-9]{30,}\b/g },
];

/** `password: "…"` and the like with a value that looks made, not written. */
export const assignment =
  /\b(\w*(?:password|passwd|secret|api_?key|access_?token|auth_?token|private_?key)\w*)['"]?\s*(?::|=)\s*(['"])([^'"\s$<>{}]{12,200})\2/gi;

/** Values that stand for a secret in examples, digests, and names of things. */
export function isPlaceholder(value: string): boolean {
  return (
    /example|sample|placeholder|change[-_]?me|your[-_]|dummy|redacted|xxx|test|\*{3}|\.\.\.|…/i.test(value) ||
    /^sha(?:256|384|512)[:-]/.test(value) ||
    !/\d/.test(value) ||
    !/[a-z]/i.test(value) ||
    /^[A-Z_0-9]+$/.test(value) ||
    /^[a-z]+(?:[-_.][a-z]+)*\d?$/i.test(value)
  );
}
