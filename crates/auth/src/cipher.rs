//! AES in the modes of Node's `createCipheriv`: ECB, CBC, CTR and GCM, piece by piece.

use crate::error::{AuthError, Result};
use aes::cipher::{BlockDecrypt, BlockEncrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256};
use ghash::GHash;
use ghash::universal_hash::UniversalHash;

const BLOCK: usize = 16;
type Block = [u8; BLOCK];

enum Aes {
    Short(Box<Aes128>),
    Middle(Box<Aes192>),
    Long(Box<Aes256>),
}

impl Aes {
    fn new(key: &[u8]) -> Option<Self> {
        Some(match key.len() {
            16 => Aes::Short(Box::new(Aes128::new_from_slice(key).ok()?)),
            24 => Aes::Middle(Box::new(Aes192::new_from_slice(key).ok()?)),
            32 => Aes::Long(Box::new(Aes256::new_from_slice(key).ok()?)),
            _ => return None,
        })
    }

    fn encrypt(&self, mut block: Block) -> Block {
        match self {
            Aes::Short(aes) => aes.encrypt_block((&mut block).into()),
            Aes::Middle(aes) => aes.encrypt_block((&mut block).into()),
            Aes::Long(aes) => aes.encrypt_block((&mut block).into()),
        }
        block
    }

    fn decrypt(&self, mut block: Block) -> Block {
        match self {
            Aes::Short(aes) => aes.decrypt_block((&mut block).into()),
            Aes::Middle(aes) => aes.decrypt_block((&mut block).into()),
            Aes::Long(aes) => aes.decrypt_block((&mut block).into()),
        }
        block
    }
}

/// How blocks hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Ecb,
    Cbc,
    Ctr,
    Gcm,
}

impl Mode {
    /// Key bytes and mode of a name such as `aes-256-gcm`.
    pub fn named(name: &str) -> Option<(usize, Self)> {
        let (bits, mode) = name.strip_prefix("aes-")?.split_once('-')?;
        let bytes = match bits {
            "128" => 16,
            "192" => 24,
            "256" => 32,
            _ => return None,
        };
        let mode = match mode {
            "ecb" => Mode::Ecb,
            "cbc" => Mode::Cbc,
            "ctr" => Mode::Ctr,
            "gcm" => Mode::Gcm,
            _ => return None,
        };
        Some((bytes, mode))
    }
}

/// One message on its way.
pub struct Cipher {
    aes: Aes,
    mode: Mode,
    encrypts: bool,
    pads: bool,
    /// The block before, or the counter.
    chain: Block,
    /// What does not fill a block yet.
    held: Vec<u8>,
    /// Of the keystream what is not used yet.
    stream: Vec<u8>,
    gcm: Option<Gcm>,
}

struct Gcm {
    hash: GHash,
    mask: Block,
    pending: Vec<u8>,
    associated: u64,
    text: u64,
}

impl Cipher {
    /// # Errors
    /// With Node's texts when key or IV have the wrong length.
    pub fn new(key_bytes: usize, mode: Mode, key: &[u8], iv: &[u8], encrypts: bool) -> Result<Self> {
        let aes = Aes::new(key)
            .filter(|_| key.len() == key_bytes)
            .ok_or_else(|| AuthError::argument("Invalid key length"))?;
        let fits = match mode {
            Mode::Ecb => iv.is_empty(),
            Mode::Cbc | Mode::Ctr => iv.len() == BLOCK,
            Mode::Gcm => !iv.is_empty(),
        };
        if !fits {
            return Err(AuthError::argument("Invalid initialization vector"));
        }
        let mut cipher = Cipher {
            chain: iv.try_into().unwrap_or([0; BLOCK]),
            aes,
            mode,
            encrypts,
            pads: true,
            held: Vec::new(),
            stream: Vec::new(),
            gcm: None,
        };
        if mode == Mode::Gcm {
            cipher.begin_gcm(iv);
        }
        Ok(cipher)
    }

    fn begin_gcm(&mut self, iv: &[u8]) {
        let key = self.aes.encrypt([0; BLOCK]);
        let hash = GHash::new((&key).into());
        let mut start = [0; BLOCK];
        if iv.len() == 12 {
            start[..12].copy_from_slice(iv);
            start[15] = 1;
        } else {
            let mut of_iv = hash.clone();
            of_iv.update_padded(iv);
            let mut length = [0; BLOCK];
            length[8..].copy_from_slice(&(iv.len() as u64 * 8).to_be_bytes());
            of_iv.update(&[length.into()]);
            start.copy_from_slice(&of_iv.finalize());
        }
        self.gcm = Some(Gcm {
            hash,
            mask: self.aes.encrypt(start),
            pending: Vec::new(),
            associated: 0,
            text: 0,
        });
        self.chain = start;
        count(&mut self.chain, 4);
    }

    /// Whether the last block is filled up, as PKCS #7 says.
    pub fn set_padding(&mut self, pads: bool) {
        self.pads = pads;
    }

    /// Data that is authenticated and not encrypted; before any text.
    pub fn associate(&mut self, data: &[u8]) {
        if let Some(gcm) = &mut self.gcm {
            gcm.hash.update_padded(data);
            gcm.associated += data.len() as u64;
        }
    }

    pub fn update(&mut self, input: &[u8]) -> Vec<u8> {
        match self.mode {
            Mode::Ctr | Mode::Gcm => self.streamed(input),
            Mode::Ecb | Mode::Cbc => self.blocks(input),
        }
    }

    fn streamed(&mut self, input: &[u8]) -> Vec<u8> {
        let mut output = Vec::with_capacity(input.len());
        for byte in input {
            if self.stream.is_empty() {
                self.stream = self.aes.encrypt(self.chain).into_iter().rev().collect();
                count(&mut self.chain, if self.mode == Mode::Gcm { 4 } else { BLOCK });
            }
            output.push(byte ^ self.stream.pop().unwrap_or_default());
        }
        if let Some(gcm) = &mut self.gcm {
            gcm.take(if self.encrypts { &output } else { input });
        }
        output
    }

    fn blocks(&mut self, input: &[u8]) -> Vec<u8> {
        self.held.extend_from_slice(input);
        // The last block of a text to decrypt is kept: it carries the padding.
        let keeps = usize::from(!self.encrypts && self.pads);
        let ready = (self.held.len().saturating_sub(keeps) / BLOCK) * BLOCK;
        let rest = self.held.split_off(ready);
        let whole = std::mem::replace(&mut self.held, rest);
        whole.chunks_exact(BLOCK).flat_map(|chunk| self.block(chunk)).collect()
    }

    fn block(&mut self, chunk: &[u8]) -> Block {
        let mut block = [0; BLOCK];
        block.copy_from_slice(chunk);
        let chained = |block: Block, chain: Block| -> Block { std::array::from_fn(|at| block[at] ^ chain[at]) };
        match (self.mode, self.encrypts) {
            (Mode::Cbc, true) => {
                self.chain = self.aes.encrypt(chained(block, self.chain));
                self.chain
            }
            (Mode::Cbc, false) => {
                let plain = chained(self.aes.decrypt(block), self.chain);
                self.chain = block;
                plain
            }
            (_, true) => self.aes.encrypt(block),
            (_, false) => self.aes.decrypt(block),
        }
    }

    /// The end of the text.
    ///
    /// # Errors
    /// With OpenSSL's texts when a block is not full, or padded wrongly.
    pub fn finish(&mut self) -> Result<Vec<u8>> {
        if matches!(self.mode, Mode::Ctr | Mode::Gcm) {
            return Ok(Vec::new());
        }
        let wrong = |text: &str| AuthError::argument(text);
        if self.encrypts {
            if self.pads {
                let missing = BLOCK - self.held.len();
                let last = [std::mem::take(&mut self.held), vec![missing as u8; missing]].concat();
                return Ok(self.block(&last).to_vec());
            }
            if !self.held.is_empty() {
                return Err(wrong("error:1C80006B:Provider routines::wrong final block length"));
            }
            return Ok(Vec::new());
        }
        if !self.pads && self.held.is_empty() {
            return Ok(Vec::new());
        }
        if self.held.len() != BLOCK {
            return Err(wrong("error:1C80006B:Provider routines::wrong final block length"));
        }
        let last = std::mem::take(&mut self.held);
        let plain = self.block(&last);
        let padding = usize::from(plain[BLOCK - 1]);
        let fits = (1..=BLOCK).contains(&padding) && plain[BLOCK - padding..].iter().all(|byte| usize::from(*byte) == padding);
        if !fits {
            return Err(wrong("error:1C800064:Provider routines::bad decrypt"));
        }
        Ok(plain[..BLOCK - padding].to_vec())
    }

    /// The tag of GCM, after the end; empty in other modes.
    pub fn tag(&self) -> Vec<u8> {
        self.gcm.as_ref().map(Gcm::tag).unwrap_or_default()
    }
}

impl Gcm {
    /// Hashes whole blocks of encrypted text.
    fn take(&mut self, text: &[u8]) {
        self.text += text.len() as u64;
        self.pending.extend_from_slice(text);
        let whole = self.pending.len() / BLOCK * BLOCK;
        let rest = self.pending.split_off(whole);
        self.hash.update_padded(&self.pending);
        self.pending = rest;
    }

    fn tag(&self) -> Vec<u8> {
        let mut hash = self.hash.clone();
        hash.update_padded(&self.pending);
        let mut lengths = [0; BLOCK];
        lengths[..8].copy_from_slice(&(self.associated * 8).to_be_bytes());
        lengths[8..].copy_from_slice(&(self.text * 8).to_be_bytes());
        hash.update(&[lengths.into()]);
        hash.finalize().iter().zip(self.mask).map(|(byte, mask)| byte ^ mask).collect()
    }
}

/// Adds one to the number that the last bytes are.
fn count(block: &mut Block, bytes: usize) {
    for byte in block[BLOCK - bytes..].iter_mut().rev() {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        (0..text.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
            .collect()
    }

    #[test]
    fn gcm_is_that_of_the_specification() {
        // Test case 4 of the GCM specification by McGrew and Viega.
        let text =
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
        let mut cipher = Cipher::new(
            16,
            Mode::Gcm,
            &hex("feffe9928665731c6d6a8f9467308308"),
            &hex("cafebabefacedbaddecaf888"),
            true,
        )
        .unwrap();
        cipher.associate(&hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"));
        let mut out = cipher.update(&hex(text)[..7]);
        out.extend(cipher.update(&hex(text)[7..]));
        assert_eq!(
            out,
            hex("42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091")
        );
        assert_eq!(cipher.tag(), hex("5bc94fbc3221a5db94fae95ae7121a47"));
    }

    #[test]
    fn texts_come_back() {
        for (mode, iv) in [(Mode::Cbc, 16), (Mode::Ctr, 16), (Mode::Ecb, 0), (Mode::Gcm, 16)] {
            for length in [0, 1, 15, 16, 17, 40] {
                let text = vec![9; length];
                let make = |encrypts| Cipher::new(32, mode, &[3; 32], &vec![5; iv], encrypts).unwrap();
                let mut there = make(true);
                let mut secret = there.update(&text);
                secret.extend(there.finish().unwrap());
                let mut back = make(false);
                let mut plain = back.update(&secret);
                plain.extend(back.finish().unwrap());
                assert_eq!(plain, text, "{mode:?} {length}");
                assert_eq!(there.tag(), back.tag());
            }
        }
    }
}
