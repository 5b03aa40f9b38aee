//! The keyboard map of the workbench, as a function from a key press to a command. Keys of the whole page (search, save, help) are in `wiring`.

/// What a shortcut asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    Run,
    Send,
    Check,
    Earlier,
    Later,
    NextRegion,
    PreviousRegion,
    Requests,
    Trace,
    Console,
    Database,
    Checks,
    Preview,
    /// `g` was pressed: the next key names a tool.
    Go,
}

/// A key press with what decides its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Press {
    pub key: String,
    /// Ctrl, or Cmd on a Mac.
    pub command: bool,
    pub shift: bool,
    pub alt: bool,
    /// Typing goes into a text field or the editor.
    pub in_text: bool,
    /// The focus is inside the Requests tool.
    pub in_requests: bool,
    /// `g` came just before.
    pub after_g: bool,
    /// Single-key shortcuts are switched on (Settings).
    pub single_keys: bool,
}

/// The command of a press, if it is a shortcut.
pub fn command(press: &Press) -> Option<Command> {
    let key = press.key.as_str();
    if press.command {
        return match (key, press.shift) {
            ("Enter", true) => Some(Command::Check),
            ("Enter", false) if press.in_requests => Some(Command::Send),
            ("Enter", false) => Some(Command::Run),
            _ => None,
        };
    }
    if key == "F6" {
        return Some(if press.shift {
            Command::PreviousRegion
        } else {
            Command::NextRegion
        });
    }
    if press.in_text || press.alt || !press.single_keys {
        return None;
    }
    if press.after_g {
        return match key {
            "r" => Some(Command::Requests),
            "t" => Some(Command::Trace),
            "c" => Some(Command::Console),
            "d" => Some(Command::Database),
            "k" => Some(Command::Checks),
            "p" => Some(Command::Preview),
            _ => None,
        };
    }
    match key {
        "[" => Some(Command::Earlier),
        "]" => Some(Command::Later),
        "g" => Some(Command::Go),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(press: Press, wanted: Option<Command>) {
        assert_eq!(command(&press), wanted, "{press:?}");
    }

    fn press(key: &str) -> Press {
        Press {
            key: key.to_owned(),
            single_keys: true,
            ..Press::default()
        }
    }

    #[test]
    fn presses() {
        check(
            Press {
                command: true,
                ..press("Enter")
            },
            Some(Command::Run),
        );
        check(
            Press {
                command: true,
                in_requests: true,
                in_text: true,
                ..press("Enter")
            },
            Some(Command::Send),
        );
        check(
            Press {
                command: true,
                shift: true,
                in_requests: true,
                ..press("Enter")
            },
            Some(Command::Check),
        );
        check(press("["), Some(Command::Earlier));
        check(
            Press {
                in_text: true,
                ..press("[")
            },
            None,
        );
        check(
            Press {
                single_keys: false,
                ..press("[")
            },
            None,
        );
        check(press("g"), Some(Command::Go));
        check(
            Press {
                after_g: true,
                ..press("k")
            },
            Some(Command::Checks),
        );
        check(
            Press {
                after_g: true,
                ..press("x")
            },
            None,
        );
        check(press("k"), None);
        check(
            Press {
                shift: true,
                in_text: true,
                ..press("F6")
            },
            Some(Command::PreviousRegion),
        );
    }
}
