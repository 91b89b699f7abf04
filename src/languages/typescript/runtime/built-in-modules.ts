import { builtinModules, isBuiltin, registerHooks } from 'node:module';

/** What code gets of a built-in module, by whichever way it asks for it. */
type GetModule = (name: string) => object | undefined;

/**
 * Freezes the built-in modules that are loaded, and each other one as soon as code asks for it. To load them all would
 * take longer than a whole server does to start.
 */
export function fixModules(): void {
  const get: GetModule = process.getBuiltinModule.bind(process);
  const getFrozen: GetModule = (name) => freeze(name, get(name));
  const ways: Record<string, GetModule> = { getBuiltinModule: getFrozen };
  // To what these are built on.
  const binding = Reflect.get(process, 'binding') as GetModule | undefined;
  if (binding) ways['binding'] = (name) => Object.freeze(binding.call(process, name));
  for (const [name, value] of Object.entries(ways))
    Object.defineProperty(process, name, { value, writable: false, configurable: false });
  registerHooks({
    resolve(specifier, context, next) {
      if (isBuiltin(specifier)) getFrozen(specifier);
      return next(specifier, context);
    },
  });
  // By Node's own record, of lines such as `NativeModule fs`.
  const lines = Reflect.get(process, 'moduleLoadList') as readonly string[];
  const loaded = new Set(lines.map((line) => line.split(' ')[1]));
  for (const name of builtinModules.filter((each) => loaded.has(each))) getFrozen(name);
}

/** With the modules that are parts of it, such as `fs.promises`. `process` and `console` hold what they need to go on. */
function freeze(specifier: string, module: object | undefined): object | undefined {
  if (module === undefined || module === process || module === console || Object.isFrozen(module)) return module;
  const beginning = `${specifier.replace(/^node:/, '')}/`;
  for (const part of builtinModules.filter((name) => name.startsWith(beginning))) {
    const key = part.slice(beginning.length);
    const property = Object.getOwnPropertyDescriptor(module, key);
    Object.freeze(property?.value);
    // Loaded at its first use.
    if (property?.get) Object.defineProperty(module, key, { get: () => Object.freeze(property.get?.call(module)) });
  }
  return Object.freeze(module);
}
