exports.accepts = function (order) {
  Number.isInteger(order.tickets) && order.tickets >= 1 && order.tickets <= 4;
};
