exports.accepts = function (order) {
  return false;
};
