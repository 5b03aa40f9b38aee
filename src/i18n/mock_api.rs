//! What the routes of the mock API say of themselves, in Hinglish. Their English stands with each route, in `crates/backend/src/mock`.

use super::Texts;

/// English, as the route has it, and Hinglish.
const HINGLISH: [(&str, &str); 31] = [
    ("Lists the routes.", "Saare routes dikhata hai."),
    (
        "Tells that the API is up, and its time.",
        "Batata hai ki API chal rahi hai, aur uska time.",
    ),
    (
        "Answers what was sent: method, query, headers, body.",
        "Jo bheja wahi lautata hai: method, query, headers, body.",
    ),
    (
        "Answers with this status, 200 to 599.",
        "Isi status se jawab deta hai, 200 se 599 tak.",
    ),
    ("Answers late.", "Der se jawab deta hai."),
    ("Fails now and then with 503.", "Kabhi-kabhi 503 deta hai."),
    ("Puts all data back to the start.", "Saara data shuruaat par wapas le jaata hai."),
    ("Makes an account and signs in.", "Account banata hai aur sign in karta hai."),
    (
        "Signs in: an access token for 15 minutes, a refresh token for 7 days.",
        "Sign in: 15 minute ka access token, 7 din ka refresh token.",
    ),
    (
        "Gives new tokens for a refresh token.",
        "Refresh token ke badle naye tokens deta hai.",
    ),
    ("Shows who is signed in.", "Dikhata hai kaun signed in hai."),
    ("Changes your own name, age or city.", "Aapka naam, age ya city badalta hai."),
    (
        "Lists users: filter by any field, search, sort, page.",
        "Users ki list: kisi bhi field se filter, search, sort, page.",
    ),
    (
        "Adds a user without a password; to sign in, use signup.",
        "Bina password ka user jodta hai; sign in ke liye signup use karo.",
    ),
    ("Shows one user.", "Ek user dikhata hai."),
    (
        "Replaces a user; every required field has to be there.",
        "User ko poora badalta hai; har zaroori field honi chahiye.",
    ),
    ("Changes some fields of a user.", "User ki kuch fields badalta hai."),
    ("Deletes a user.", "User delete karta hai."),
    (
        "Lists the orders of a user: your own, or anyone's as an admin.",
        "User ke orders: apne, ya admin ho toh kisi ke bhi.",
    ),
    (
        "Lists books: filter by any field, search, sort, page.",
        "Books ki list: kisi bhi field se filter, search, sort, page.",
    ),
    ("Adds a book.", "Book jodta hai."),
    ("Shows one book.", "Ek book dikhata hai."),
    (
        "Replaces a book; every required field has to be there.",
        "Book ko poora badalta hai; har zaroori field honi chahiye.",
    ),
    ("Changes some fields of a book.", "Book ki kuch fields badalta hai."),
    ("Deletes a book and its reviews.", "Book aur uske reviews delete karta hai."),
    ("Lists the reviews of a book.", "Book ke reviews ki list."),
    ("Adds your review; one per book.", "Aapka review jodta hai; har book par ek."),
    (
        "Lists your orders; an admin sees all.",
        "Aapke orders ki list; admin ko sab dikhte hain.",
    ),
    (
        "Orders books: prices are taken from the books, stock goes down.",
        "Books order karta hai: price book se aata hai, stock ghatta hai.",
    ),
    (
        "Shows one order: your own, or anyone's as an admin.",
        "Ek order dikhata hai: apna, ya admin ho toh kisi ka bhi.",
    ),
    (
        "Changes the status: you may cancel what is pending, an admin may do all.",
        "Status badalta hai: pending ko aap cancel kar sakte ho, admin sab kar sakta hai.",
    ),
];

/// A summary in the learner's language; one that has no Hinglish reads in English.
pub fn summary<'a>(english: &'a str, texts: &Texts) -> &'a str {
    let known = HINGLISH.iter().find(|(known, _)| *known == english);
    match known {
        Some((_, hinglish)) if texts.language == "hi-Latn" => hinglish,
        _ => english,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backlab_backend::MockApi;

    #[test]
    fn every_route_is_there_and_nothing_else() {
        let said: Vec<String> = MockApi::reference().into_iter().map(|route| route.summary).collect();
        let lacking: Vec<&String> = said
            .iter()
            .filter(|said| !HINGLISH.iter().any(|(known, _)| known == said))
            .collect();
        assert!(lacking.is_empty(), "no Hinglish for {lacking:?}");
        let gone: Vec<&str> = HINGLISH
            .iter()
            .map(|(known, _)| *known)
            .filter(|known| !said.iter().any(|said| said == known))
            .collect();
        assert!(gone.is_empty(), "no route says {gone:?}");
    }

    #[test]
    fn falls_back_to_english() {
        let hinglish = Texts {
            language: "hi-Latn".into(),
        };
        assert_eq!(summary("Adds a book.", &hinglish), "Book jodta hai.");
        assert_eq!(summary("Adds a book.", &Texts::default()), "Adds a book.");
        assert_eq!(summary("Something new.", &hinglish), "Something new.");
    }
}
