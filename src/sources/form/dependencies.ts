import type { Problem } from '../../errors.ts';
import type { Request } from '../../spec/index.ts';
import type { Form } from './schema.ts';

/** Packages that forms written for Python name; npm has other packages, or the like, under some of these names. */
const pythonPackages = new Set(
  'httpx requests aiohttp fastapi flask django starlette uvicorn gunicorn pydantic numpy pandas polars scipy scikit-learn sklearn torch tensorflow keras transformers sqlalchemy alembic psycopg2 psycopg2-binary asyncpg redis aioredis celery boto3 beautifulsoup4 bs4 lxml jinja2 pyyaml python-dotenv pyjwt passlib bcrypt tenacity click typer rich loguru pytest pillow opencv-python matplotlib websockets aiofiles prometheus-client structlog mcp fastmcp'.split(
    ' ',
  ),
);

const packageName = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

export interface ReadDependencies {
  readonly dependencies: Request['dependencies'];
  readonly problems: Problem[];
  readonly notes: string[];
}

/** npm packages of a form: `name`, `name@version`, or name to version. */
export function readDependencies(given: Form['dependencies'], code: string): ReadDependencies {
  const wanted = Array.isArray(given)
    ? given.map((text, index) => split(text, `dependencies[${index}]`))
    : Object.entries(given).map(([name, version]) => ({ name, version, field: `dependencies.${name}`, given: name }));
  const result: ReadDependencies = { dependencies: [], problems: [], notes: [] };
  for (const { name, version, field, given: text } of wanted) {
    if (pythonPackages.has(name.toLowerCase()) && !imports(code, name)) {
      result.notes.push(
        `${name} is left out: it is known as a Python package and no tool's code imports it; a TypeScript server has fetch built in.`,
      );
    } else if (!packageName.test(name) || name.length > 214) {
      result.problems.push({
        field,
        value: text.slice(0, 80),
        message: 'is not an npm package',
        remedy: 'Write name or name@version, for example luxon@3.7.2; URLs, folders and git are not accepted.',
      });
    } else if (version !== undefined && !/^[\^~]?\d[\w.+-]*$|^latest$|^\*$/.test(version)) {
      result.problems.push({
        field,
        value: version.slice(0, 80),
        message: 'is not a version',
        remedy: `Write ${name}@1.2.3, ${name}@^1.2.0 or just ${name}.`,
      });
    } else
      result.dependencies.push(
        version === undefined || version === '*' || version === 'latest' ? { name } : { name, version },
      );
  }
  return result;
}

function split(
  text: string,
  field: string,
): { name: string; version: string | undefined; field: string; given: string } {
  const python = /^([\w.-]+)(?:\[[\w,]+\])?\s*(?:==|>=|<=|~=|>|<)\s*[\d.*]+$/.exec(text.trim());
  if (python !== null) return { name: python[1] ?? '', version: undefined, field, given: text };
  const at = text.trim().lastIndexOf('@');
  const hasVersion = at > 0;
  return {
    name: hasVersion ? text.trim().slice(0, at) : text.trim(),
    version: hasVersion ? text.trim().slice(at + 1) : undefined,
    field,
    given: text,
  };
}

const imports = (code: string, name: string): boolean =>
  code.includes(`'${name}'`) || code.includes(`"${name}"`) || code.includes(`\`${name}\``);
