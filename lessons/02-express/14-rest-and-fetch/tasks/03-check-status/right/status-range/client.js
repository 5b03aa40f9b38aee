const list = process.argv[2];

fetch(`http://localhost:3000/${list}`)
  .then((response) => (response.status < 300 ? response.json() : response.status))
  .then((result) => {
    if (typeof result === 'number') console.log(`Cannot read ${list}: ${result}`);
    else result.forEach((thing) => console.log(thing.name));
  });
