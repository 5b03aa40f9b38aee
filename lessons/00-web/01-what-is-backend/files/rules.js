// The server asks this before it sells. `order` is what arrived, for example { tickets: 2 }.
exports.accepts = function (order) {
  return true;
};
