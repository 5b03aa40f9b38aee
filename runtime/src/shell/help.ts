/** What `help` says. */
export const HELP = `
  Shell Help:

    use <name>                 Set the current database
    show dbs                   List the databases (also: show databases)
    show collections           List the collections of the current database (also: show tables)
    it                         Show the next 20 documents of the last find or aggregate
    cls                        Clear what is on show
    exit, quit                 Leave the shell

    db.users.insertOne({ name: 'Kishore' })
    db.users.find({ age: { $gte: 18 } }).sort({ name: 1 }).limit(5)
    db.users.updateOne({ name: 'Kishore' }, { $set: { city: 'Pune' } })
    db.users.deleteOne({ name: 'Kishore' })
    db.users.aggregate([{ $group: { _id: '$city', count: { $sum: 1 } } }])
    db.users.createIndex({ email: 1 }, { unique: true })

    Anything else is JavaScript; a collection is made with its first document.
    More in the manual: https://www.mongodb.com/docs/mongodb-shell/
`.replace(/^\n/, '').trimEnd();
