const ALLOWED = [1, 2, 3, 4];

exports.accepts = ({ tickets }) => ALLOWED.includes(tickets);
