import type { Json } from '../../../../spec/index.ts';
import { isObject, own, textOf } from '../tree.ts';
import type { JsonObject } from '../types.ts';

const flows: Readonly<Record<string, string>> = {
  implicit: 'implicit',
  password: 'password',
  application: 'clientCredentials',
  accessCode: 'authorizationCode',
};

/** A Security Scheme Object of 2.0 as one of 3.0; what is of no known kind stays as it is. */
export function convertScheme(scheme: Json): Json {
  if (!isObject(scheme)) return scheme;
  const { flow, authorizationUrl, tokenUrl, scopes, ...rest } = scheme;
  const type = textOf(own(scheme, 'type'));
  if (type === 'basic') return { ...rest, type: 'http', scheme: 'basic' };
  if (type !== 'oauth2') return scheme;
  // Some documents of 2.0 name the flow as 3.0 does.
  const name = flows[String(flow)] ?? (Object.values(flows).includes(String(flow)) ? String(flow) : undefined);
  if (name === undefined) return scheme;
  const converted: JsonObject = {
    ...(authorizationUrl === undefined ? {} : { authorizationUrl }),
    ...(tokenUrl === undefined ? {} : { tokenUrl }),
    scopes: isObject(scopes) ? scopes : {},
  };
  return { ...rest, flows: { [name]: converted } };
}
