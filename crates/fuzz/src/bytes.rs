//! Bytes with something changed: bits, lengths, stretches cut out, doubled or taken from elsewhere.

use crate::random::Random;

/// Changes the bytes in one to four places; `other` lends stretches.
pub fn change(random: &mut Random, bytes: &mut Vec<u8>, other: &[u8]) {
    for _ in 0..1 + random.below(4) {
        change_once(random, bytes, other);
    }
}

fn change_once(random: &mut Random, bytes: &mut Vec<u8>, other: &[u8]) {
    if bytes.is_empty() {
        bytes.extend(other);
        return;
    }
    let place = random.below(bytes.len());
    match random.below(8) {
        0 => bytes[place] ^= 1 << random.below(8),
        1 => bytes[place] = random.number() as u8,
        2 => bytes[place] = *random.pick(&[0, 1, 127, 128, 255, b';', b',', b'=', b'%', b'"', b'[', b'&', b' ', b'\r', b'\n']),
        3 => {
            // A length, a count or a code in the middle of what was whole.
            let number = *random.pick(&[0, 1, 4, 5, -1, 16, 255, 65536, i32::MAX, i32::MIN, bytes.len() as i32]);
            for (target, byte) in bytes[place..].iter_mut().zip(number.to_le_bytes()) {
                *target = byte;
            }
        }
        4 => bytes.truncate(place),
        5 => {
            let end = (place + 1 + random.below(16)).min(bytes.len());
            bytes.drain(place..end);
        }
        6 => {
            let end = (place + 1 + random.below(32)).min(bytes.len());
            let stretch = bytes[place..end].to_vec();
            for _ in 0..1 + random.below(3) {
                bytes.splice(place..place, stretch.iter().copied());
            }
        }
        _ => {
            let start = random.below(other.len());
            let end = (start + random.below(40)).min(other.len());
            bytes.splice(place..place, other[start..end].iter().copied());
        }
    }
}
