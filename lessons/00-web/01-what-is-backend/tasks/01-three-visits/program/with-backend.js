// Now the list lives in the backend, and every page looks at it.
const kept = [];

function openPage() {
  return kept;
}

let asha = openPage();
asha.push('The key is under the mat');

asha = openPage(); // Refresh
console.log(asha.length);

const stranger = openPage();
console.log(stranger.length);
