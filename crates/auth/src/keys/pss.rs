//! The parameters that an RSA-PSS key is bound to (RFC 4055).

use super::der::{self, Element, NULL, OID, SEQUENCE};
use serde::Serialize;

/// As `asymmetricKeyDetails` names them; all absent when the key is bound to none.
#[derive(Debug, Clone, Default, Serialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct PssDetails {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hash_algorithm: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mgf1_hash_algorithm: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salt_length: Option<usize>,
}

const MGF1: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x08];
const HASHES: [(&str, &[u8]); 4] = [
    ("sha1", &[0x2b, 0x0e, 0x03, 0x02, 0x1a]),
    ("sha256", &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]),
    ("sha384", &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02]),
    ("sha512", &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03]),
];

fn name_of(algorithm: &Element) -> Option<&'static str> {
    let parts = algorithm.sequence()?;
    HASHES
        .into_iter()
        .find(|(_, oid)| parts.first().is_some_and(|part| part.content == *oid))
        .map(|(name, _)| name)
}

/// Reads what stands in the key; SHA-1 and a salt of 20 bytes are what is meant by nothing.
pub fn read(parameters: Option<&Element>) -> PssDetails {
    let Some(parts) = parameters.and_then(Element::sequence) else {
        return PssDetails::default();
    };
    let tagged = |tag: u8| parts.iter().find(|part| part.tag == tag).and_then(|part| der::whole(part.content));
    let mgf = tagged(0xa1).and_then(|element| element.sequence());
    let salt = tagged(0xa2).and_then(|element| Some(element.integer()?.iter().fold(0, |sum, digit| (sum << 8) | usize::from(*digit))));
    PssDetails {
        hash_algorithm: tagged(0xa0).and_then(|element| name_of(&element)).or(Some("sha1")),
        mgf1_hash_algorithm: mgf.and_then(|parts| name_of(parts.get(1)?)).or(Some("sha1")),
        salt_length: salt.or(Some(20)),
    }
}

pub fn write(details: &PssDetails) -> Vec<u8> {
    let algorithm = |name: &str| {
        let oid = HASHES
            .into_iter()
            .find(|(known, _)| *known == name)
            .map_or(HASHES[1].1, |(_, oid)| oid);
        der::write(SEQUENCE, &[&der::write(OID, &[oid]), &[NULL, 0]])
    };
    let (Some(hash), Some(mgf), Some(salt)) = (details.hash_algorithm, details.mgf1_hash_algorithm, details.salt_length) else {
        return Vec::new();
    };
    let mgf = der::write(SEQUENCE, &[&der::write(OID, &[MGF1]), &algorithm(mgf)]);
    der::write(
        SEQUENCE,
        &[
            &der::write(0xa0, &[&algorithm(hash)]),
            &der::write(0xa1, &[&mgf]),
            &der::write(0xa2, &[&der::integer(&salt.to_be_bytes())]),
        ],
    )
}
