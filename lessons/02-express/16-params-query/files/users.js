const users = [
  { id: 1, name: 'Asha Rao' },
  { id: 2, name: 'Ravi Kumar' },
  { id: 3, name: 'Meera Nair' },
  { id: 4, name: 'John Smith' },
  { id: 5, name: 'Jane Doe' },
  { id: 6, name: 'Natasha Roy' },
];

module.exports = { users };
