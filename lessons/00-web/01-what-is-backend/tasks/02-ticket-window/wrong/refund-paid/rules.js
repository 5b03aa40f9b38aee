exports.accepts = function (order) {
  return Number.isInteger(order.tickets) && order.tickets <= 4;
};
