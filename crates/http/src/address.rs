//! Which proxies an application trusts: lists of addresses, subnets and named ranges.

use crate::HttpError;
use std::net::IpAddr;

/// A list of trusted addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trusted(Vec<(IpAddr, u8)>);

impl Trusted {
    /// Reads elements such as `loopback`, `10.0.0.0/8`, `192.168.0.0/255.255.0.0`, `::1`.
    pub fn parse<'a>(list: impl IntoIterator<Item = &'a str>) -> Result<Trusted, HttpError> {
        let mut trusted = Vec::new();
        for element in list {
            match element {
                "linklocal" => trusted.extend(subnets(&["169.254.0.0/16", "fe80::/10"])?),
                "loopback" => trusted.extend(subnets(&["127.0.0.1/8", "::1/128"])?),
                "uniquelocal" => trusted.extend(subnets(&["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"])?),
                _ => trusted.push(subnet(element)?),
            }
        }
        Ok(Trusted(trusted))
    }

    /// Tells whether an address is in the list. An IPv4 address written as IPv6 counts as IPv4.
    pub fn contains(&self, address: &str) -> bool {
        let Ok(address) = address.parse::<IpAddr>() else { return false };
        let address = address.to_canonical();
        self.0.iter().any(|(network, bits)| match (network, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                shared(u128::from(network.to_bits()) << 96, u128::from(address.to_bits()) << 96, *bits)
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => shared(network.to_bits(), address.to_bits(), *bits),
            _ => false,
        })
    }
}

fn shared(a: u128, b: u128, bits: u8) -> bool {
    bits == 0 || (a ^ b) >> (128 - u32::from(bits)) == 0
}

fn subnets(list: &[&str]) -> Result<Vec<(IpAddr, u8)>, HttpError> {
    list.iter().map(|element| subnet(element)).collect()
}

fn subnet(text: &str) -> Result<(IpAddr, u8), HttpError> {
    let (address, range) = match text.rsplit_once('/') {
        Some((address, range)) => (address, Some(range)),
        None => (text, None),
    };
    let parsed: IpAddr = address.parse().map_err(|_| HttpError::Address(address.to_owned()))?;
    let Some(range) = range else {
        let canonical = parsed.to_canonical();
        return Ok((canonical, if canonical.is_ipv4() { 32 } else { 128 }));
    };
    let most = if parsed.is_ipv4() { 32 } else { 128 };
    let bits = match (range.parse::<u8>(), range.parse::<IpAddr>()) {
        (Ok(bits), _) => Some(bits),
        (_, Ok(IpAddr::V4(mask))) if parsed.is_ipv4() => {
            let ones = mask.to_bits().leading_ones();
            (ones + mask.to_bits().trailing_zeros() == 32).then_some(ones as u8)
        }
        _ => None,
    };
    match bits {
        Some(bits) if bits > 0 && bits <= most => Ok((parsed, bits)),
        _ => Err(HttpError::AddressRange(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trusted_addresses() {
        let check = |list: &[&str], address: &str, expected: bool| {
            assert_eq!(
                Trusted::parse(list.iter().copied()).unwrap().contains(address),
                expected,
                "{list:?} {address}"
            );
        };
        check(&["loopback"], "127.0.0.1", true);
        check(&["loopback"], "::1", true);
        check(&["loopback"], "::ffff:127.0.0.1", true);
        check(&["loopback"], "10.0.0.1", false);
        check(&["uniquelocal", "8.8.8.8"], "172.20.1.1", true);
        check(&["uniquelocal", "8.8.8.8"], "8.8.8.8", true);
        check(&["10.0.0.0/255.0.0.0"], "10.9.9.9", true);
        check(&["fe80::/10"], "fe81::1", true);
        check(&[], "127.0.0.1", false);
        check(&["loopback"], "nonsense", false);
        for (text, error) in [
            ("nope", "invalid IP address: nope"),
            ("10.0.0.1/99", "invalid range on address: 10.0.0.1/99"),
            ("10.0.0.1/0", "invalid range on address: 10.0.0.1/0"),
        ] {
            assert_eq!(Trusted::parse([text]).unwrap_err().to_string(), error);
        }
    }
}
