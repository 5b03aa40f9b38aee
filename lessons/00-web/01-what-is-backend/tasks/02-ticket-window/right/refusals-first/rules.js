function accepts(order) {
  const { tickets } = order;
  if (typeof tickets !== 'number') return false;
  if (tickets < 1 || tickets > 4) return false;
  if (tickets % 1 !== 0) return false;
  return true;
}

module.exports = { accepts };
