fetch('/users')
  .then((response) => response.json())
  .then((users) => {
    for (const user of users) {
      console.log(user.name);
    }
  });
