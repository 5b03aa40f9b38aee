// Each openPage() is a browser that loads the notes page.
function openPage() {
  const notes = [];
  return notes;
}

let page = openPage();
page.push('Buy milk');
page.push('Call Ravi');
console.log(page.length);

page = openPage(); // Refresh
console.log(page.length);
