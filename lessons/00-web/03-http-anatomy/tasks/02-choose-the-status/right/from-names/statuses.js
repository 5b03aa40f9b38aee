const { STATUS_CODES } = require('http');

const numberOf = (name) => Number(Object.keys(STATUS_CODES).find((key) => STATUS_CODES[key] === name));

exports.shown = numberOf('OK');
exports.stored = numberOf('Created');
exports.removed = numberOf('No Content');
exports.moved = numberOf('Moved Permanently');
exports.unreadable = numberOf('Bad Request');
exports.unknown = numberOf('Unauthorized');
exports.notAllowed = numberOf('Forbidden');
exports.missing = numberOf('Not Found');
exports.taken = numberOf('Conflict');
exports.tooMany = numberOf('Too Many Requests');
exports.broken = numberOf('Internal Server Error');
