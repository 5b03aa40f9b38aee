/** nodemailer's SMTP, pool and sendmail transports in the page: each mail goes to the sandbox's outbox, and none leaves it. */
'use strict';
const deliver = require('backlab:outbox');

const now = () => Date.now();

class Outbox {
  constructor(options) {
    this.options = typeof options === 'string' ? { url: options } : (options ?? {});
    this.name = 'SMTP';
    this.version = 'outbox';
  }

  /** Answers what a mail server that takes everything would have said. */
  send(mail, done) {
    const begun = now();
    const chunks = [];
    const { message } = mail;
    const envelope = mail.data.envelope ?? message.getEnvelope();
    const messageId = message.messageId();
    if (!envelope.to || envelope.to.length === 0) {
      return done(Object.assign(new Error('No recipients defined'), { code: 'EENVELOPE' }));
    }
    const stream = message.createReadStream();
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('error', done);
    stream.on('end', () => {
      const raw = Buffer.concat(chunks);
      mail.normalize((error, data) => {
        if (error) return done(error);
        const { subject = '', text = '', html = '' } = data;
        deliver({ from: envelope.from, to: [...envelope.to], subject, text: String(text), html: String(html), raw: raw.toString() });
        done(null, {
          accepted: [...envelope.to],
          rejected: [],
          ehlo: ['PIPELINING', '8BITMIME', 'SMTPUTF8'],
          envelopeTime: 0,
          messageTime: now() - begun,
          messageSize: raw.length,
          response: '250 2.0.0 OK: kept in the outbox of this page',
          envelope,
          messageId,
        });
      });
    });
    return undefined;
  }

  verify(done) {
    if (!done) return Promise.resolve(true);
    setImmediate(done, null, true);
    return undefined;
  }

  isIdle() {
    return true;
  }

  close() {}
}

module.exports = Outbox;
module.exports.default = Outbox;
