/** The MongoDB driver's log-in in the page: the database has no users, so that any name and password will do. */
'use strict';
const { AuthProvider } = require('mongodb/lib/cmap/auth/auth_provider');

class Open extends AuthProvider {
  async auth() {}
}

exports.MongoClientAuthProviders = class MongoClientAuthProviders {
  provider = new Open();

  getOrCreateProvider() {
    return this.provider;
  }
};
