exports.accepts = function (order) {
  return tickets >= 1 && tickets <= 4;
};
