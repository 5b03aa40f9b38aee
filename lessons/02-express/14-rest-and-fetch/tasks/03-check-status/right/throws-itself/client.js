const list = process.argv[2];

fetch(`http://localhost:3000/${list}`)
  .then((response) => {
    if (!response.ok) throw new Error(response.status);
    return response.json();
  })
  .then((things) => things.forEach(({ name }) => console.log(name)))
  .catch((error) => console.log(`Cannot read ${list}: ${error.message}`));
