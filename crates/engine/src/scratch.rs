//! Memory that JavaScript writes into before a call and reads from after it, so that hot calls pass only numbers.

use std::cell::RefCell;
use wasm_bindgen::prelude::wasm_bindgen;

/// Bytes of text that fit; longer input goes through calls that copy.
const SIZE: usize = 64 * 1024;

thread_local! {
    static TEXT: RefCell<Vec<u8>> = RefCell::new(vec![0; SIZE]);
    static WORDS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// Address of the text in wasm memory.
#[wasm_bindgen(js_name = scratchAddress)]
pub fn scratch_address() -> usize {
    TEXT.with_borrow_mut(|text| text.as_mut_ptr() as usize)
}

/// Bytes that fit into the text.
#[wasm_bindgen(js_name = scratchSize)]
pub fn scratch_size() -> usize {
    SIZE
}

/// Address of the last answer in numbers; asked after each call, because the answer may have moved.
#[wasm_bindgen(js_name = wordsAddress)]
pub fn words_address() -> usize {
    WORDS.with_borrow(|words| words.as_ptr() as usize)
}

/// Lends the first `length` bytes that JavaScript wrote.
pub fn with_text<T>(length: usize, read: impl FnOnce(&[u8]) -> T) -> T {
    TEXT.with_borrow(|text| read(&text[..length.min(SIZE)]))
}

/// Puts a short answer where the text was; returns its length.
pub fn answer_text(answer: &str) -> usize {
    TEXT.with_borrow_mut(|text| {
        let length = answer.len().min(SIZE);
        text[..length].copy_from_slice(&answer.as_bytes()[..length]);
        length
    })
}

/// Lets `write` fill the answer in numbers; returns how many there are.
pub fn answer_words(write: impl FnOnce(&mut Vec<u32>)) -> usize {
    WORDS.with_borrow_mut(|words| {
        words.clear();
        write(words);
        words.len()
    })
}
