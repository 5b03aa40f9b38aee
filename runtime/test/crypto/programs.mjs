/** Programs about `crypto` that print the same in Node and in a sandbox. `show` prints a value, or the error that came instead. */

const KEYS = `
  const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 1024, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
  const curves = Object.fromEntries(['prime256v1', 'secp384r1', 'secp521r1'].map((namedCurve) => [namedCurve, crypto.generateKeyPairSync('ec', { namedCurve })]));
  const edwards = crypto.generateKeyPairSync('ed25519');
`;

export const programs = {
  'hashes of text and bytes': `
    for (const name of ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-256', 'sha3-256', 'sha3-512', 'ripemd160', 'RSA-SHA256']) show(() => crypto.createHash(name).update('héllo').digest('hex'));
    show(() => crypto.createHash('sha256').update('a').update(Buffer.from('b')).digest('base64'));
    show(() => crypto.createHash('sha256').update('YQ==', 'base64').digest('base64url'));
    show(() => crypto.createHash('sha256').update('a').copy().digest().length);
    show(() => crypto.createHash('nope'));
    show(() => { const hash = crypto.createHash('md5'); hash.digest(); hash.update('x') });
    show(() => crypto.createHash('md5').update(7));
    show(() => ['sha256', 'sha512', 'md5'].every((name) => crypto.getHashes().includes(name)));
    show(() => crypto.hash?.('sha1', 'x') ?? 'none');
  `,
  'HMACs, with every kind of key': `
    for (const name of ['sha1', 'sha256', 'sha512', 'md5']) show(() => crypto.createHmac(name, 'key').update('data').digest('hex'));
    const key = crypto.createSecretKey(Buffer.from('key'));
    show(() => crypto.createHmac('sha256', key).update('data').digest('base64'));
    show(() => [key.type, key.symmetricKeySize, key.export().toString(), key.export({ format: 'jwk' }), key instanceof crypto.KeyObject, key.equals(crypto.createSecretKey('key', 'utf8'))]);
    show(() => crypto.createHmac('sha256', 7));
    show(() => crypto.createHmac('nope', 'key'));
  `,
  'passwords: pbkdf2 and scrypt': `
    show(() => crypto.pbkdf2Sync('secret', 'salt', 1000, 32, 'sha256').toString('hex'));
    show(() => crypto.pbkdf2Sync('secret', 'salt', 1, 20, 'sha1').toString('hex'));
    show(() => crypto.scryptSync('secret', 'salt', 64).toString('hex'));
    show(() => crypto.scryptSync('secret', 'salt', 16, { N: 1024, r: 4, p: 2 }).toString('hex'));
    show(() => crypto.pbkdf2Sync('secret', 'salt', 1, 20, 'nope'));
    show(() => crypto.scryptSync('secret', 'salt', 16, { N: 1000 }));
    show(() => crypto.pbkdf2('secret', 'salt', 1, 20, 'sha1'));
    await new Promise((resolve) => crypto.scrypt('secret', 'salt', 8, (error, made) => { console.log('scrypt', error, made.toString('hex')); resolve() }));
    await new Promise((resolve) => crypto.pbkdf2('secret', 'salt', 10, 8, 'sha512', (error, made) => { console.log('pbkdf2', error, made.toString('hex')); resolve() }));
  `,
  'randomness: sizes, ranges, refusals': `
    show(() => [crypto.randomBytes(5).length, crypto.randomBytes(0).length, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID())]);
    show(() => Array.from({ length: 50 }, () => crypto.randomInt(3)).every((n) => n >= 0 && n < 3));
    show(() => Array.from({ length: 50 }, () => crypto.randomInt(5, 7)).every((n) => n === 5 || n === 6));
    show(() => crypto.randomInt(5, 5)); show(() => crypto.randomInt('x')); show(() => crypto.randomInt(0, 2 ** 50)); show(() => crypto.randomBytes('x')); show(() => crypto.randomBytes(-1));
    show(() => crypto.randomFillSync(Buffer.alloc(10), 5).subarray(0, 5).every((byte) => byte === 0));
    await new Promise((resolve) => crypto.randomBytes(4, (error, made) => { console.log(error, made.length); resolve() }));
    await new Promise((resolve) => crypto.randomInt(10, (error, n) => { console.log(error, n < 10); resolve() }));
  `,
  'comparing in constant time': `
    show(() => [crypto.timingSafeEqual(Buffer.from('abc'), Buffer.from('abc')), crypto.timingSafeEqual(Buffer.from('abc'), Buffer.from('abd'))]);
    show(() => crypto.timingSafeEqual(Buffer.from('abc'), Buffer.from('ab'))); show(() => crypto.timingSafeEqual('abc', Buffer.from('abc')));
  `,
  'AES in its modes': `
    const key = Buffer.alloc(32, 7), iv = Buffer.alloc(16, 9);
    for (const name of ['aes-256-cbc', 'aes-256-ctr', 'aes-256-gcm', 'aes-128-cbc', 'aes-192-gcm', 'aes-256-ecb']) show(() => {
      const size = Number(name.slice(4, 7)) / 8, start = name.endsWith('ecb') ? null : iv;
      const cipher = crypto.createCipheriv(name, key.subarray(0, size), start);
      const secret = cipher.update('a text of more than one block', 'utf8', 'hex') + cipher.final('hex');
      const decipher = crypto.createDecipheriv(name, key.subarray(0, size), start);
      const tag = name.endsWith('gcm') ? cipher.getAuthTag() : undefined;
      if (tag) decipher.setAuthTag(tag);
      return [secret, tag?.toString('hex'), decipher.update(secret, 'hex', 'utf8') + decipher.final('utf8')];
    });
    const seal = (aad) => { const cipher = crypto.createCipheriv('aes-256-gcm', key, iv.subarray(0, 12)); cipher.setAAD(Buffer.from(aad)); return [cipher.update('x', 'utf8', 'hex') + cipher.final('hex'), cipher.getAuthTag()] };
    show(() => seal('a').map(String)[0]);
    const open = (aad, tag, text) => { const decipher = crypto.createDecipheriv('aes-256-gcm', key, iv.subarray(0, 12)); decipher.setAAD(Buffer.from(aad)); decipher.setAuthTag(tag); return decipher.update(text, 'hex', 'utf8') + decipher.final('utf8') };
    const [text, tag] = seal('a');
    show(() => open('a', tag, text)); show(() => open('b', tag, text)); show(() => open('a', Buffer.alloc(16), text));
    show(() => crypto.createCipheriv('aes-256-cbc', key, Buffer.alloc(3))); show(() => crypto.createCipheriv('aes-256-cbc', Buffer.alloc(3), iv)); show(() => crypto.createCipheriv('rot13', key, iv));
    show(() => { const decipher = crypto.createDecipheriv('aes-256-cbc', key, iv); decipher.update('00', 'hex'); decipher.final() });
    show(() => { const decipher = crypto.createDecipheriv('aes-256-cbc', key, iv); decipher.update(Buffer.alloc(16)); decipher.final() });
    show(() => { const cipher = crypto.createCipheriv('aes-256-cbc', key, iv); cipher.setAutoPadding(false); cipher.update('x'); cipher.final() });
    show(() => ['aes-256-cbc', 'aes-256-gcm'].every((name) => crypto.getCiphers().includes(name)));
    show(() => { const { nid, ...info } = crypto.getCipherInfo('aes-256-cbc'); return info });
    await new Promise((resolve) => { const pieces = []; const cipher = crypto.createCipheriv('aes-256-ctr', key, iv); cipher.on('data', (piece) => pieces.push(piece)).on('end', () => { console.log(Buffer.concat(pieces).toString('hex')); resolve() }); cipher.write('one'); cipher.end('two') });
  `,
  'keys, in all their forms': `${KEYS}
    show(() => [/^-----BEGIN PUBLIC KEY-----\\n/.test(rsa.publicKey), /^-----BEGIN PRIVATE KEY-----\\n/.test(rsa.privateKey)]);
    const key = crypto.createPrivateKey(rsa.privateKey), open = crypto.createPublicKey(rsa.privateKey);
    show(() => [key.type, key.asymmetricKeyType, key.asymmetricKeyDetails, open.type, open.asymmetricKeyDetails, open.export({ type: 'spki', format: 'pem' }) === rsa.publicKey]);
    show(() => [key.export({ type: 'pkcs1', format: 'pem' }).split('\\n')[0], open.export({ type: 'pkcs1', format: 'der' }).length, Object.keys(key.export({ format: 'jwk' })), Object.keys(open.export({ format: 'jwk' }))]);
    for (const [name, { privateKey, publicKey }] of Object.entries(curves)) show(() => [name, privateKey.asymmetricKeyType, publicKey.asymmetricKeyDetails, privateKey.export({ type: 'sec1', format: 'pem' }).split('\\n')[0], Object.keys(publicKey.export({ format: 'jwk' })).sort(), crypto.createPublicKey({ key: publicKey.export({ format: 'jwk' }), format: 'jwk' }).equals(publicKey)]);
    show(() => [edwards.privateKey.asymmetricKeyType, edwards.publicKey.export({ type: 'spki', format: 'der' }).length, edwards.privateKey.export({ type: 'pkcs8', format: 'der' }).length, edwards.publicKey.asymmetricKeyDetails]);
    show(() => crypto.createPublicKey(crypto.createSecretKey(Buffer.from('x'))));
    show(() => crypto.createPrivateKey('no key')); show(() => crypto.createPrivateKey(rsa.publicKey)); show(() => crypto.createPrivateKey(7));
    show(() => crypto.generateKeyPairSync('rsa', {})); show(() => crypto.generateKeyPairSync('ec', { namedCurve: 'nope' }));
    await new Promise((resolve) => crypto.generateKeyPair('ec', { namedCurve: 'P-256' }, (error, publicKey, privateKey) => { console.log(error, publicKey.type, privateKey.type); resolve() }));
  `,
  'signatures': `${KEYS}
    const sides = [[rsa.privateKey, rsa.publicKey], ...Object.values(curves).map((pair) => [pair.privateKey, pair.publicKey])];
    for (const [own, open] of sides) show(() => {
      const signature = crypto.createSign('SHA256').update('some ').update('text').sign(own, 'base64');
      return [crypto.createVerify('sha256').update('some text').verify(open, signature, 'base64'), crypto.createVerify('sha256').update('other').verify(open, signature, 'base64'), crypto.createVerify('sha256').update('some text').verify(open, 'AAAA', 'base64')];
    });
    show(() => crypto.createSign('RSA-SHA512').update('x').sign(rsa.privateKey).length);
    const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST: saltLength } = crypto.constants;
    show(() => { const signature = crypto.sign('sha256', Buffer.from('x'), { key: rsa.privateKey, padding, saltLength }); return [crypto.verify('sha256', Buffer.from('x'), { key: rsa.publicKey, padding, saltLength }, signature), crypto.verify('sha256', Buffer.from('x'), { key: rsa.publicKey, padding }, signature), crypto.verify('sha256', Buffer.from('x'), rsa.publicKey, signature)] });
    show(() => { const key = curves.prime256v1; const signature = crypto.sign('sha256', Buffer.from('x'), { key: key.privateKey, dsaEncoding: 'ieee-p1363' }); return [signature.length, crypto.verify('sha256', Buffer.from('x'), { key: key.publicKey, dsaEncoding: 'ieee-p1363' }, signature)] });
    show(() => { const signature = crypto.sign(null, Buffer.from('x'), edwards.privateKey); return [signature.length, crypto.verify(null, Buffer.from('x'), edwards.publicKey, signature), crypto.verify(null, Buffer.from('y'), edwards.publicKey, signature)] });
    show(() => crypto.createSign('nope')); show(() => crypto.createSign('sha256').update('x').sign()); show(() => crypto.createSign('sha256').update('x').sign('no key'));
  `,
  'webcrypto': `
    const { subtle } = crypto.webcrypto;
    console.log(Buffer.from(await subtle.digest('SHA-256', new TextEncoder().encode('x'))).toString('hex'));
    const key = await subtle.importKey('raw', new TextEncoder().encode('key'), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    console.log(Buffer.from(await subtle.sign('HMAC', key, new TextEncoder().encode('data'))).toString('hex'));
    show(() => crypto.webcrypto.getRandomValues(new Uint8Array(4)).length);
  `,
};
