exports.accepts = function (order) {
  return order.tickets >= 1 && order.tickets <= 4;
};
