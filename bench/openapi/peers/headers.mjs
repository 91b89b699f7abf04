/** Headers for peers that know no security schemes, only headers that go with every call. */
export function headersOf(schemes) {
  const headers = {};
  for (const scheme of Object.values(schemes)) {
    if (scheme?.type === 'apiKey' && scheme.in === 'header') headers[scheme.name] = 'key_test_123';
    if (scheme?.type === 'apiKey' && scheme.in === 'cookie')
      headers.Cookie = [headers.Cookie, `${scheme.name}=key_test_123`].filter(Boolean).join('; ');
    if (scheme?.type === 'oauth2' || scheme?.type === 'openIdConnect') headers.Authorization ??= 'Bearer tok_test_123';
    if (scheme?.type === 'http')
      headers.Authorization = /basic/i.test(scheme.scheme)
        ? `Basic ${Buffer.from('usr:pwd').toString('base64')}`
        : `${scheme.scheme} tok_test_123`;
  }
  return headers;
}
