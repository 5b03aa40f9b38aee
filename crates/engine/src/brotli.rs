//! Brotli in pieces and in both directions, for the sandbox's `zlib` (RFC 7932).

use std::io::Write;
use std::mem::take;

use brotli::enc::backward_references::BrotliEncoderMode;
use brotli::enc::{BrotliEncoderParams, StandardAlloc};
use brotli::{BrotliDecompressStream, BrotliResult, BrotliState, CompressorWriter};
use js_sys::{Error, Reflect};
use wasm_bindgen::prelude::*;

/// Bytes that wait for the encoder at a time.
const BUFFER: usize = 4096;

#[wasm_bindgen]
pub struct BrotliEncoder(CompressorWriter<Vec<u8>>);

#[wasm_bindgen]
impl BrotliEncoder {
    /// `mode` is 0 generic, 1 text or 2 font, `quality` 0 to 11, `window` the binary logarithm of the window's bytes.
    #[wasm_bindgen(constructor)]
    pub fn new(mode: u32, quality: i32, window: i32, size_hint: usize) -> BrotliEncoder {
        let params = BrotliEncoderParams {
            mode: match mode {
                1 => BrotliEncoderMode::BROTLI_MODE_TEXT,
                2 => BrotliEncoderMode::BROTLI_MODE_FONT,
                _ => BrotliEncoderMode::BROTLI_MODE_GENERIC,
            },
            quality,
            lgwin: window,
            size_hint,
            ..BrotliEncoderParams::default()
        };
        BrotliEncoder(CompressorWriter::with_params(Vec::new(), BUFFER, &params))
    }

    /// Takes bytes, and answers those that are ready.
    pub fn write(&mut self, bytes: &[u8]) -> Result<Vec<u8>, JsValue> {
        self.0.write_all(bytes).map_err(|error| Error::new(&error.to_string()))?;
        Ok(take(self.0.get_mut()))
    }

    /// Answers what is held back, so that a reader has all that was written.
    pub fn flush(&mut self) -> Result<Vec<u8>, JsValue> {
        self.0.flush().map_err(|error| Error::new(&error.to_string()))?;
        Ok(take(self.0.get_mut()))
    }

    /// The end of the data.
    pub fn finish(self) -> Vec<u8> {
        self.0.into_inner()
    }
}

#[wasm_bindgen]
pub struct BrotliDecoder {
    state: BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>,
    waiting: Vec<u8>,
    finished: bool,
}

#[wasm_bindgen]
impl BrotliDecoder {
    #[wasm_bindgen(constructor)]
    pub fn new() -> BrotliDecoder {
        let [first, second, third] = [(); 3].map(|()| StandardAlloc::default());
        BrotliDecoder {
            state: BrotliState::new_strict(first, second, third),
            waiting: Vec::new(),
            finished: false,
        }
    }

    /// Whether the end of the data was read.
    #[wasm_bindgen(getter)]
    pub fn finished(&self) -> bool {
        self.finished
    }

    /// Takes bytes, to be read with `read`; what follows the end of the data is left out.
    pub fn write(&mut self, bytes: &[u8]) {
        if !self.finished {
            self.waiting.extend_from_slice(bytes);
        }
    }

    /// At most `limit` decoded bytes; none when more is to be written first.
    ///
    /// Throws an error with Node's `code` and `errno` for data that is not Brotli's.
    pub fn read(&mut self, limit: usize) -> Result<Vec<u8>, JsValue> {
        let mut output = vec![0; limit];
        let (mut input_left, mut input_at) = (self.waiting.len(), 0);
        let (mut output_left, mut output_at, mut total) = (limit, 0, 0);
        let result = BrotliDecompressStream(
            &mut input_left,
            &mut input_at,
            &self.waiting,
            &mut output_left,
            &mut output_at,
            &mut output,
            &mut total,
            &mut self.state,
        );
        self.waiting.drain(..input_at);
        match result {
            BrotliResult::ResultFailure => return Err(self.failure()),
            BrotliResult::ResultSuccess => {
                self.finished = true;
                self.waiting.clear();
            }
            BrotliResult::NeedsMoreInput | BrotliResult::NeedsMoreOutput => {}
        }
        output.truncate(output_at);
        Ok(output)
    }

    /// Node names an error after the decoder's own name for it (`node_zlib.cc`, `BrotliDecoderContext`).
    fn failure(&self) -> JsValue {
        let code = self.state.error_code;
        let name = format!("{code:?}").replace("BROTLI_DECODER", "ERR_");
        let error = Error::new("Decompression failed");
        for (key, value) in [("errno", JsValue::from(code as i32)), ("code", JsValue::from(name))] {
            // An error just made takes any property.
            let _ = Reflect::set(&error, &key.into(), &value);
        }
        error.into()
    }
}

impl Default for BrotliDecoder {
    fn default() -> Self {
        Self::new()
    }
}
