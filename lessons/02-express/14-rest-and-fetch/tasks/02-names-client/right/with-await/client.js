async function main() {
  const response = await fetch('http://localhost:3000/users');
  const users = await response.json();
  users.forEach(({ name }) => console.log(name));
}

main();
