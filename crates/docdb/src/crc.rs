//! CRC-32 as in gzip (ISO-HDLC), eight bytes at a time: tables that are made when they are first needed take no room in wasm.

use std::sync::LazyLock;

type Tables = [[u32; 256]; 8];

static TABLES: LazyLock<Box<Tables>> = LazyLock::new(tables);

/// The checksum of the parts, one after the other.
pub(crate) fn checksum(parts: &[&[u8]]) -> u32 {
    !parts.iter().fold(u32::MAX, |state, part| update(&TABLES, state, part))
}

fn tables() -> Box<Tables> {
    let mut tables = Box::new([[0; 256]; 8]);
    for byte in 0..256 {
        let mut state = byte as u32;
        for _ in 0..8 {
            state = if state & 1 == 1 { 0xedb8_8320 ^ (state >> 1) } else { state >> 1 };
        }
        tables[0][byte] = state;
    }
    for later in 1..8 {
        for byte in 0..256 {
            let state = tables[later - 1][byte];
            tables[later][byte] = tables[0][(state & 255) as usize] ^ (state >> 8);
        }
    }
    tables
}

fn update(tables: &Tables, mut state: u32, bytes: &[u8]) -> u32 {
    let (eights, rest) = bytes.as_chunks::<8>();
    for [a, b, c, d, e, f, g, h] in eights {
        let [a, b, c, d] = (state ^ u32::from_le_bytes([*a, *b, *c, *d])).to_le_bytes();
        let first = [a, b, c, d, *e, *f, *g, *h];
        state = first
            .iter()
            .zip(tables.iter().rev())
            .fold(0, |sum, (byte, table)| sum ^ table[*byte as usize]);
    }
    rest.iter().fold(state, |state, byte| {
        tables[0][((state ^ u32::from(*byte)) & 255) as usize] ^ (state >> 8)
    })
}

#[cfg(test)]
mod tests {
    use super::checksum;

    #[test]
    fn is_the_known_one() {
        assert_eq!(checksum(&[b"123456789"]), 0xcbf4_3926);
        assert_eq!(checksum(&[b"The quick brown fox ", b"jumps over the lazy dog"]), 0x414f_a339);
        assert_eq!(checksum(&[]), 0);
    }
}
