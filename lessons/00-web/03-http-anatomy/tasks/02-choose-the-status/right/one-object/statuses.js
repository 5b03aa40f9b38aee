module.exports = {
  shown: 200, stored: 201, removed: 204,
  moved: 308,
  unreadable: 422, unknown: 401, notAllowed: 403, missing: 404, taken: 409, tooMany: 429,
  broken: 500,
};
