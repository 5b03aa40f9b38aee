//! PEM: a label and DER in base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The first block of a text that is a key or a certificate: its label and its bytes.
pub fn read(text: &str) -> Option<(&str, Vec<u8>)> {
    // The parameters of a curve may stand before its key.
    let (label, rest) = text
        .split("-----BEGIN ")
        .skip(1)
        .filter_map(|block| block.split_once("-----"))
        .find(|(label, _)| label.ends_with("KEY") || *label == "CERTIFICATE")?;
    let (body, _) = rest.split_once("-----END ")?;
    // An encrypted block says so in lines with a colon.
    let body: String = body
        .lines()
        .filter(|line| !line.contains(':'))
        .flat_map(str::chars)
        .filter(|c| !c.is_whitespace())
        .collect();
    Some((label, STANDARD.decode(body).ok()?))
}

/// Whether a block cannot be read without a passphrase.
pub fn is_encrypted(text: &str) -> bool {
    text.contains("BEGIN ENCRYPTED") || text.contains("Proc-Type: 4,ENCRYPTED")
}

pub fn write(label: &str, der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let mut text = format!("-----BEGIN {label}-----\n");
    for start in (0..body.len()).step_by(64) {
        text.push_str(&body[start..body.len().min(start + 64)]);
        text.push('\n');
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}
