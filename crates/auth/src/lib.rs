//! JSON Web Tokens and password hashes.
