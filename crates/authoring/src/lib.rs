//! Reads the lessons folder, compiles it for the page, and proves it.
