import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { digestAnswer } from './api-digest.ts';
import { errorOf, openApi, operation, standIn, type StandIn } from './api-testing.ts';

const nonce = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v';
const opaque = 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS';
const challenge = (algorithm: string, more = 'qop="auth, auth-int", ') =>
  `Digest realm="http-auth@example.org", ${more}algorithm=${algorithm}, nonce="${nonce}", opaque="${opaque}"`;
const user = { username: 'Mufasa', password: 'Circle of Life' };
const request = {
  method: 'GET',
  uri: '/dir/index.html',
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
};

describe('answers to challenges', () => {
  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('[OPENAPI-CALL-18] are those of RFC 7616, 3.9.1: %s', (algorithm, response) => {
    expect(digestAnswer(challenge(algorithm), user, request)).toBe(
      `Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=${algorithm}, ` +
        `nonce="${nonce}", nc=00000001, qop=auth, cnonce="${request.cnonce}", response="${response}", opaque="${opaque}"`,
    );
  });

  it('[OPENAPI-CALL-18] hide a name where that is asked for (RFC 7616, 3.9.2)', () => {
    const asked =
      'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="n", opaque="o", charset=UTF-8, userhash=true';
    const answer = digestAnswer(asked, { username: 'Jäsøn Doe', password: 'Secret, or not?' }, request);
    const hash = createHash('sha512-256').update('Jäsøn Doe:api@example.org').digest('hex');
    expect(answer).toContain(`username="${hash}"`);
    expect(answer).toContain('userhash=true');
    const open = digestAnswer(asked.replace(', userhash=true', ''), { username: 'Jäsøn Doe', password: '' }, request);
    expect(open).toContain("username*=UTF-8''J%C3%A4s%C3%B8n%20Doe");
  });

  it('[OPENAPI-CALL-18] take the strongest of several challenges, and those of Digest alone', () => {
    const several = `Basic realm="a, Digest b=c", ${challenge('MD5')}, ${challenge('SHA-256')}, Negotiate`;
    expect(digestAnswer(several, user, request)).toContain('algorithm=SHA-256');
    expect(digestAnswer('Basic realm="x", Bearer', user, request)).toBeUndefined();
    expect(() => digestAnswer(challenge('SCRAM'), user, request)).toThrow('of a kind that is not known');
    expect(() => digestAnswer(challenge('MD5', 'qop="other", '), user, request)).toThrow('not known');
  });

  it('[OPENAPI-CALL-18] sign the body where no less is offered (RFC 7616, 3.4.3)', () => {
    const md5 = (text: string) => createHash('md5').update(text).digest('hex');
    const answer = digestAnswer(challenge('MD5', 'qop="auth-int", '), user, { ...request, content: '{"a":1}' });
    const secret = md5('Mufasa:http-auth@example.org:Circle of Life');
    const signed = md5(`GET:/dir/index.html:${md5('{"a":1}')}`);
    const response = md5(`${secret}:${nonce}:00000001:${request.cnonce}:auth-int:${signed}`);
    expect(answer).toContain(`qop=auth-int, cnonce="${request.cnonce}", response="${response}"`);
  });

  it('[OPENAPI-CALL-18] are as RFC 2069 had them where no quality of protection is named', () => {
    const answer = digestAnswer(challenge('MD5', ''), user, request);
    expect(answer).not.toMatch(/qop|cnonce|nc=/);
  });
});

describe('calls with a Digest', () => {
  let api: StandIn;
  afterEach(() => api.close());

  const environment = { NAME: 'Mufasa', PASSWORD: 'Circle of Life' };
  const call = (answer: (authorization: string | undefined) => Response) => {
    const server = standIn(({ headers }) => answer(headers.authorization));
    return server.then((opened) => {
      api = opened;
      const tools = [operation({ method: 'POST', path: '/x', security: [{ digest: [] }] })];
      const security = { digest: { type: 'digest', username: 'NAME', password: 'PASSWORD' } } as const;
      return openApi(opened, { tools, security }, { environment })('post_x');
    });
  };
  const refused = () => new Response('', { status: 401, headers: { 'www-authenticate': challenge('SHA-256') } });

  it('[OPENAPI-CALL-18] answer the challenge of the API', async () => {
    const result = await call((given) => (given === undefined ? refused() : Response.json({ ok: true })));
    expect(result.structuredContent).toEqual({ status: 200, data: { ok: true } });
    expect(api.seen.map(({ headers }) => headers.authorization?.slice(0, 24))).toEqual([
      undefined,
      'Digest username="Mufasa"',
    ]);
  });

  it('[OPENAPI-CALL-18] end when the answer is refused', async () => {
    expect(errorOf(await call(refused))).toContain('401');
    expect(api.seen).toHaveLength(2);
  });
});
