module.exports = [
  { id: 1, name: 'Asha', city: 'Pune' },
  { id: 2, name: 'Ravi', city: 'Indore' },
  { id: 3, name: 'Meera', city: 'Kochi' },
];
