/** Of `crypto` what Express asks: the hash of entity tags, at once, which WebCrypto cannot. */
import { sha1 } from '@noble/hashes/legacy.js';
import { Buffer } from 'buffer';

export const createHash = () => ({
  update(data, encoding) {
    this.data = typeof data === 'string' ? Buffer.from(data, encoding) : data;
    return this;
  },
  digest(encoding) {
    return Buffer.from(sha1(this.data)).toString(encoding);
  },
});
