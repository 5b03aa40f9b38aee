fetch('http://localhost:3000/users')
  .then((response) => response)
  .then((users) => {
    for (const user of users) {
      console.log(user.name);
    }
  });
