// Starts the treasure hunt, then sends hunt.http to it.
require('./hunt').open(() => require('./send').send('hunt.http'));
