//! Visited pages, as a browser's Back button knows them.

/// The addresses visited, the shown one last.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Visits(Vec<String>);

impl Visits {
    pub fn visit(&mut self, url: &str) {
        if self.0.last().is_none_or(|last| last != url) {
            self.0.push(url.to_owned());
        }
    }

    pub fn can_go_back(&self) -> bool {
        self.0.len() > 1
    }

    /// Leaves the shown page; the one before it is to be loaded.
    pub fn back(&mut self) -> Option<String> {
        if !self.can_go_back() {
            return None;
        }
        self.0.pop();
        self.0.pop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_leads_to_the_page_before() {
        let mut visits = Visits::default();
        for url in ["a", "a", "b", "c"] {
            visits.visit(url);
        }
        assert_eq!(visits.back().as_deref(), Some("b"));
        visits.visit("b");
        assert_eq!(visits.back().as_deref(), Some("a"));
        visits.visit("a");
        assert_eq!(visits.back(), None);
    }
}
