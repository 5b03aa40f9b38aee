/** The MongoDB driver's client-side encryption in the page: it needs a native library, which a page cannot load. */
'use strict';
const { MongoMissingDependencyError } = require('mongodb/lib/error');

function refuse() {
  throw new MongoMissingDependencyError('Client-side field level encryption is not available in the browser: it needs the native module `mongodb-client-encryption`', { dependencyName: 'mongodb-client-encryption' });
}

exports.AutoEncrypter = class AutoEncrypter {
  constructor() {
    refuse();
  }
};
exports.ClientEncryption = class ClientEncryption {
  constructor() {
    refuse();
  }
};
