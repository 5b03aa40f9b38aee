const list = process.argv[2];

fetch(`http://localhost:3000/${list}`)
  .then((response) => response.json())
  .then((things) => {
    for (const thing of things) console.log(thing.name);
  })
  .catch(() => console.log(`Cannot read ${list}: 404`));
