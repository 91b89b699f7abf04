import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A way over the proxy that the environment names for a URL, in small or capital letters; undefined where it names none,
 * or NO_PROXY excepts the host (`*`, `host`, `host:port`, `.domain`, separated by commas).
 */
export function proxyFor(url: URL, environment: Environment = process.env): HttpAgent | undefined {
  const value = (name: string): string => environment[name] || environment[name.toUpperCase()] || '';
  const secure = url.protocol === 'https:';
  const proxy = value(secure ? 'https_proxy' : 'http_proxy');
  if (proxy === '' || isExcepted(url, value('no_proxy'))) return undefined;
  const proxyEnv = secure ? { HTTPS_PROXY: proxy } : { HTTP_PROXY: proxy };
  return secure ? new HttpsAgent({ proxyEnv }) : new HttpAgent({ proxyEnv });
}

function isExcepted({ hostname, port, protocol }: URL, exceptions: string): boolean {
  const at = `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
  return exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((one) => one !== '')
    .some((one) => {
      const domain = one.replace(/^\*?\./, '');
      return one === '*' || one === at || hostname === domain || (one !== domain && hostname.endsWith(`.${domain}`));
    });
}
