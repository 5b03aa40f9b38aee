// Starts the guest list, then sends request.http to it.
require('./guests').open(() => require('./send').send('request.http'));
