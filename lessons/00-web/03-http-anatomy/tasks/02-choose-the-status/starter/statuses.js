// One status for each thing that can happen in the shop.
exports.shown = ____;      // here is what you asked for
exports.stored = ____;     // a new book is on the shelf
exports.removed = ____;    // it is gone, and there is nothing to show

exports.moved = ____;      // the shop has a new address, for good

exports.unreadable = ____; // the body is not JSON, or the title is missing
exports.unknown = ____;    // nobody has said who is asking
exports.notAllowed = ____; // we know who is asking, and the answer is no
exports.missing = ____;    // there is no such book
exports.taken = ____;      // a book with this title is there already
exports.tooMany = ____;    // too many guesses within a minute

exports.broken = ____;     // our own code failed
