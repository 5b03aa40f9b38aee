const list = process.argv[2];

async function main() {
  const response = fetch(`http://localhost:3000/${list}`);
  if (!response.ok) {
    console.log(`Cannot read ${list}: ${response.status}`);
    return;
  }
  for (const thing of await response.json()) {
    console.log(thing.name);
  }
}

main();
