/** What unenv's url throws and warns of, as Node says it. */
import { warnOnce } from './deprecated';
import { invalidArgType, nodeError, received } from './errors';

const KINDS: Record<string, string> = { string: 'of type string', 'string,URL': 'of type string or an instance of URL', 'Object,string': 'one of type object or string' };

export class ERR_INVALID_ARG_TYPE {
  constructor(name: string, expected: string | string[], value: unknown) {
    return invalidArgType(name, KINDS[String(expected)] ?? `of type ${String(expected)}`, value);
  }
}

export class ERR_INVALID_ARG_VALUE {
  constructor(name: string, value: unknown, reason: string) {
    return nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument '${name}' ${reason}.${received(value)}`);
  }
}

export class ERR_INVALID_URL {
  constructor(input: string) {
    return nodeError(TypeError, 'ERR_INVALID_URL', 'Invalid URL', { input });
  }
}

export class ERR_INVALID_URL_SCHEME {
  constructor(expected: string) {
    return nodeError(TypeError, 'ERR_INVALID_URL_SCHEME', `The URL must be of scheme ${expected}`);
  }
}

export class ERR_INVALID_FILE_URL_PATH {
  constructor(reason: string) {
    return nodeError(TypeError, 'ERR_INVALID_FILE_URL_PATH', `File URL path ${reason}`);
  }
}

export class ERR_INVALID_FILE_URL_HOST {
  constructor() {
    return nodeError(TypeError, 'ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
  }
}

/** A port that is no number. */
export function warnOfPort(url: string): void {
  warnOnce(`The URL ${url} is invalid. Future versions of Node.js will throw an error.`, 'DEP0170', warnOfPort);
}
