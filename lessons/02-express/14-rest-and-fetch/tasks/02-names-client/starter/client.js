fetch('http://localhost:3000____')
  .then((response) => ____)
  .then((users) => {
    for (const user of users) {
      console.log(____);
    }
  });
