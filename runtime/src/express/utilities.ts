/** `express/lib/utils`: private to Express, and still asked for by packages. */
import type { Kit } from './kit';
import { compilers } from './settings';

interface AcceptedType {
  value: string | undefined;
  quality?: number;
  params: Record<string, string>;
}

export function expressUtilities(kit: Kit) {
  const compile = compilers(kit);
  return {
    methods: kit.methods,
    etag: compile.etag('strong')!,
    wetag: compile.etag('weak')!,
    compileETag: compile.etag,
    compileQueryParser: compile.queryParser,
    compileTrust: compile.trust,
    normalizeType: (type: string): AcceptedType =>
      type.includes('/') ? withParameters(type) : { value: kit.engine.mediaType(type) || 'application/octet-stream', params: {} },
    normalizeTypes(types: string[]): AcceptedType[] {
      return types.map(this.normalizeType);
    },
    setCharset: (type?: string, charset?: string): string | undefined =>
      type && charset ? kit.checked((engine) => engine.withCharset(type, charset)) : type,
  };
}

/** `text/html;level=1;q=0.5` in parts; a parameter without a value ends the reading. */
function withParameters(text: string): AcceptedType {
  const [value, ...parameters] = text.split(/ *; */);
  const type: AcceptedType = { value, quality: 1, params: {} };
  for (const parameter of parameters) {
    const [name = '', given] = parameter.split(/ *= */);
    if (given === undefined) break;
    if (name === 'q') type.quality = Number.parseFloat(given);
    else type.params[name] = given;
  }
  return type;
}
