exports.accepts = function (order) {
  switch (order.tickets) {
    case 1:
    case 2:
    case 3:
    case 4:
      return 'yes';
    default:
      return '';
  }
};
