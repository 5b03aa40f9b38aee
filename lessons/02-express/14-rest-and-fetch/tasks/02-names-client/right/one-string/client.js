const address = new URL('/users', 'http://localhost:3000');

fetch(address)
  .then(async (answer) => JSON.parse(await answer.text()))
  .then((list) => console.log(list.map((user) => user.name).join('\n')));
