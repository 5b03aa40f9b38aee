/** Patterns of Express 5 with paths that fit them, nearly fit them, or do not. */
const WORDS = ['users', 'posts', 'Admin', 'api', 'v1', 'a', 'files', 'new', 'é', 'x.y'];
const VALUES = ['1', '42', 'abc', 'a%20b', 'a%2Fb', '%C3%A9', 'x.json', 'a-b', '%zz', 'Users', '0', '~', 'a+b', 'a:b', '(x)', '%00'];

const PIECES = [
  (random) => ({ pattern: '/:id', path: () => `/${random.of(VALUES)}` }),
  (random) => ({ pattern: '/:from-:to', path: () => `/${random.of(['del', 'x', '1-2'])}-${random.of(VALUES)}` }),
  (random) => ({ pattern: '/:name.:ext', path: () => `/${random.of(['file', 'a.b'])}.${random.of(['json', 'txt'])}` }),
  (random) => ({ pattern: '{/:page}', path: () => random.of(['', `/${random.of(VALUES)}`]) }),
  (random) => ({ pattern: '/item{s}', path: () => random.of(['/item', '/items']) }),
  (random) => ({ pattern: '/:a{/:b}/end', path: () => random.of(['/1/end', '/1/2/end']) }),
  (random) => ({ pattern: '/:"quoted name"', path: () => `/${random.of(VALUES)}` }),
  () => ({ pattern: '/c\\:d\\*', path: () => '/c:d*' }),
];

const word = (random) => {
  const text = random.of(WORDS);
  return { pattern: `/${text}`, path: () => (text === 'é' ? '/%C3%A9' : `/${text}`) };
};

const END = [
  (random) => ({ pattern: '/*rest', path: () => `/${random.of(['a', 'a/b', 'a//b', 'a%2Fb/c', ''])}` }),
  (random) => ({ pattern: '{/*rest}', path: () => random.of(['', '/a/b']) }),
  () => ({ pattern: '/', path: () => '/' }),
];

/** A prefix to mount at: words, sometimes a parameter. */
export function mount(random) {
  return joined([word(random), ...(random.chance(0.3) ? [PIECES[0](random)] : [])]);
}

/** A pattern for a route. */
export function pattern(random) {
  if (random.chance(0.08)) return expression(random);
  const pieces = random.chance(0.15) ? [] : [random.chance(0.7) ? word(random) : random.of(PIECES)(random)];
  const names = new Set();
  for (const piece of [...random.some(PIECES, 2).map((make) => make(random)), ...random.some(END, 1).map((make) => make(random))]) {
    const own = piece.pattern.match(/[:*](?:\w+|"[^"]+")/g) ?? [];
    // A name can stand in a pattern once.
    if (own.some((name) => names.has(name.slice(1)))) continue;
    for (const name of own) names.add(name.slice(1));
    if (piece.pattern === '/' && pieces.length > 0) continue;
    pieces.push(piece);
  }
  const first = pieces[0]?.pattern.match(/[:*](?:\w+|"[^"]+")/g) ?? [];
  return pieces.length === 0 || first.some((name) => pieces.slice(1).some((piece) => piece.pattern.includes(name))) ? joined([word(random)]) : joined(pieces);
}

function joined(pieces) {
  return { code: JSON.stringify(pieces.map((piece) => piece.pattern).join('')), path: () => pieces.map((piece) => piece.path()).join('') || '/' };
}

function expression(random) {
  return random.of([
    { code: String.raw`/^\/re\/(\d+)$/`, path: () => `/re/${random.of(['7', 'x', ''])}` },
    { code: String.raw`/^\/(?<kind>\w+)\/of\/(\w+)?/i`, path: () => random.of(['/a/of/b', '/A/OF/', '/a/of']) },
    { code: '/.*fly$/', path: () => random.of(['/butterfly', '/fly', '/flyer']) },
    { code: "['/one', '/two/:n', /^\\/three/]", path: () => random.of(['/one', '/two/2', '/threefold', '/two']) },
  ]);
}

/** A path as somebody else would type it. */
export function bent(random, path) {
  return random.of([
    ...Array.from({ length: 20 }, () => path),
    `${path}/`, path.toUpperCase(), path.toLowerCase(), `/${path}`, path.replace(/.$/, ''), `${path}/more`, path.replaceAll('/', '//'), `${path}%2F`, '/', '/none/at/all',
  ]) || '/';
}
