// Starts the guest list, then sends repairs.http to it.
require('./guests').open(() => require('./send').send('repairs.http'));
