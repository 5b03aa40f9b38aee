/** path-to-regexp's `parse` and `match` over the engine's patterns. */

export function pathToRegexpOf(sandbox) {
  const { PathPattern, parsePath } = sandbox.options.engine.functions;

  class PathError extends TypeError {
    constructor(message, originalPath) {
      super(`${message}${originalPath ? `: ${originalPath}` : ''}; visit https://git.new/pathToRegexpError for info`);
      this.originalPath = originalPath;
    }
  }

  class TokenData {
    constructor(tokens, originalPath) {
      this.tokens = tokens;
      this.originalPath = originalPath;
    }
  }

  /** The engine says in a string what is wrong. */
  function checked(path, call) {
    try {
      return call();
    } catch (message) {
      throw Object.assign(new PathError('', path), { message });
    }
  }

  function parse(path, { encodePath = (text) => text } = {}) {
    const encoded = (tokens) =>
      tokens.map((token) => {
        if (token.type === 'text') return { ...token, value: encodePath(token.value) };
        return token.type === 'group' ? { ...token, tokens: encoded(token.tokens) } : token;
      });
    return new TokenData(encoded(JSON.parse(checked(path, () => parsePath(path)))), path);
  }

  function written(tokens) {
    const marks = { param: ':', wildcard: '*' };
    return tokens.map((token) => {
      if (token.type === 'text') return token.value.replace(/[{}()[\]+?!:*\\]/g, '\\$&');
      if (token.type === 'group') return `{${written(token.tokens)}}`;
      return marks[token.type] + JSON.stringify(token.name);
    }).join('');
  }

  function match(path, { decode = decodeURIComponent, end = true, trailing = true, sensitive = false, delimiter = '/', encodePath } = {}) {
    const matchers = [path].flat().map((item) => {
      const text = typeof item === 'string' && !encodePath ? item : written((typeof item === 'string' ? parse(item, { encodePath }) : item).tokens);
      const pattern = checked(item, () => PathPattern.exact(text, end, !trailing, sensitive, delimiter));
      return { pattern, keys: pattern.keys() };
    });
  
    return (input) => {
      for (const { pattern, keys } of matchers) {
        const words = pattern.find(input);
        if (!words) continue;
        const params = Object.create(null);
        for (let at = 1; at < words.length; at += 3) {
          const key = keys[words[at]];
          const text = input.slice(words[at + 1], words[at + 2]);
          params[key.slice(1)] = decode ? (key[0] === '*' ? text.split(delimiter).map(decode) : decode(text)) : text;
        }
        return { path: input.slice(0, words[0]), params };
      }
      return false;
    };
  }

  return { PathError, TokenData, parse, match };
}
