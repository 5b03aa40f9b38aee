// The same page, opened by two people who want to chat.
function openPage() {
  const messages = [];
  return messages;
}

const asha = openPage();
const ravi = openPage();

asha.push('Are you there?');
console.log(asha.length);
console.log(ravi.length);
