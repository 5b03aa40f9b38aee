/** nodemailer's client for the test accounts of ethereal.email in the page: an account without a network. */
'use strict';
const { PassThrough } = require('stream');

const ACCOUNT = {
  status: 'success',
  user: 'learner@ethereal.email',
  pass: 'kept-in-the-outbox',
  smtp: { host: 'smtp.ethereal.email', port: 587, secure: false },
  imap: { host: 'imap.ethereal.email', port: 993, secure: true },
  pop3: { host: 'pop3.ethereal.email', port: 995, secure: true },
  web: 'https://ethereal.email',
};

module.exports = () => {
  const answer = new PassThrough();
  setImmediate(() => answer.end(JSON.stringify(ACCOUNT)));
  return answer;
};
module.exports.default = module.exports;
