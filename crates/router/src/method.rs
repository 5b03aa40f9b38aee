//! HTTP methods as Node knows them, and sets of them.

/// The names that Node's parser accepts, in its order; the position is the number of the method.
const NAMES: [&str; 35] = [
    "ACL",
    "BIND",
    "CHECKOUT",
    "CONNECT",
    "COPY",
    "DELETE",
    "GET",
    "HEAD",
    "LINK",
    "LOCK",
    "M-SEARCH",
    "MERGE",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKCOL",
    "MOVE",
    "NOTIFY",
    "OPTIONS",
    "PATCH",
    "POST",
    "PROPFIND",
    "PROPPATCH",
    "PURGE",
    "PUT",
    "QUERY",
    "REBIND",
    "REPORT",
    "SEARCH",
    "SOURCE",
    "SUBSCRIBE",
    "TRACE",
    "UNBIND",
    "UNLINK",
    "UNLOCK",
    "UNSUBSCRIBE",
];

/// A method by number. A name that is not in Node's list becomes [`Method::OTHER`], which only `all` routes take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Method(u8);

impl Method {
    pub const DELETE: Method = Method(5);
    pub const GET: Method = Method(6);
    pub const HEAD: Method = Method(7);
    pub const OPTIONS: Method = Method(17);
    pub const PATCH: Method = Method(18);
    pub const POST: Method = Method(19);
    pub const PUT: Method = Method(23);
    /// A method outside Node's list.
    pub const OTHER: Method = Method(63);

    /// Returns the method of this name, in any letter case.
    pub fn from_name(name: &str) -> Method {
        NAMES
            .iter()
            .position(|known| known.eq_ignore_ascii_case(name))
            .map_or(Method::OTHER, |at| Method(at as u8))
    }

    /// Returns the method of this number, see [`Method::number`].
    pub fn from_number(number: u8) -> Method {
        if usize::from(number) < NAMES.len() {
            Method(number)
        } else {
            Method::OTHER
        }
    }

    pub fn number(self) -> u8 {
        self.0
    }

    /// The upper-case name; empty for [`Method::OTHER`].
    pub fn name(self) -> &'static str {
        NAMES.get(usize::from(self.0)).copied().unwrap_or("")
    }
}

/// The methods that a route handles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MethodSet {
    bits: u64,
    all: bool,
}

impl MethodSet {
    /// Every method, as `route.all` adds it.
    pub const ALL: MethodSet = MethodSet { bits: 0, all: true };

    pub fn of(method: Method) -> MethodSet {
        let mut set = MethodSet::default();
        set.add(method);
        set
    }

    /// Returns a set from one bit per method number.
    pub fn from_bits(bits: u64, all: bool) -> MethodSet {
        MethodSet { bits, all }
    }

    pub fn add(&mut self, method: Method) {
        self.bits |= 1 << method.0;
    }

    pub fn add_all(&mut self) {
        self.all = true;
    }

    fn has(self, method: Method) -> bool {
        self.bits & (1 << method.0) != 0
    }

    /// Tells whether a request with this method is answered. HEAD falls back to GET.
    pub fn handles(self, method: Method) -> bool {
        self.all || self.has(method) || (method == Method::HEAD && self.has(Method::GET))
    }

    /// The names for an `Allow` header, unsorted, with the HEAD that comes with GET.
    pub fn names(self) -> Vec<&'static str> {
        let mut names: Vec<_> = (0..NAMES.len() as u8)
            .map(Method)
            .filter(|m| self.has(*m))
            .map(Method::name)
            .collect();
        if self.has(Method::GET) && !self.has(Method::HEAD) {
            names.push("HEAD");
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_agree() {
        for (constant, name) in [
            (Method::DELETE, "DELETE"),
            (Method::GET, "GET"),
            (Method::HEAD, "HEAD"),
            (Method::OPTIONS, "OPTIONS"),
            (Method::PATCH, "PATCH"),
            (Method::POST, "POST"),
            (Method::PUT, "PUT"),
        ] {
            assert_eq!(Method::from_name(name), constant);
            assert_eq!(Method::from_name(&name.to_lowercase()), constant);
            assert_eq!(constant.name(), name);
        }
        assert_eq!(Method::from_name("BREW"), Method::OTHER);
    }

    #[test]
    fn head_comes_with_get() {
        let get = MethodSet::of(Method::GET);
        assert!(get.handles(Method::HEAD));
        assert_eq!(get.names(), ["GET", "HEAD"]);
        assert!(!MethodSet::of(Method::POST).handles(Method::HEAD));
        assert!(MethodSet::ALL.handles(Method::OTHER));
    }
}
