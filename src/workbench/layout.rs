//! Pane sizes of the workbench: their limits, their keys, and how settings keep them.

/// A pane that a splitter resizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// Width of the lesson column.
    Lesson,
    /// Height of the tools.
    Dock,
}

impl Pane {
    /// Smallest, largest and first size in pixels; `wide` is the window's width.
    pub fn limits(self, wide: f64) -> (f64, f64, f64) {
        match self {
            Pane::Lesson if wide < 1180.0 => (320.0, 560.0, 400.0),
            Pane::Lesson if wide < 1400.0 => (420.0, 640.0, 500.0),
            Pane::Lesson => (420.0, 760.0, 580.0),
            Pane::Dock => (160.0, 680.0, 446.0),
        }
    }

    /// The CSS custom property that carries the size.
    pub fn property(self) -> &'static str {
        match self {
            Pane::Lesson => "--lesson-w",
            Pane::Dock => "--dock-h",
        }
    }

    pub fn clamp(self, size: f64, wide: f64) -> f64 {
        let (least, most, _) = self.limits(wide);
        size.clamp(least, most).round()
    }
}

/// How the dock shares the work area with the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DockState {
    #[default]
    Split,
    /// Only its tab bar is left.
    Folded,
    /// Over the editor.
    Maximised,
}

/// Sizes per device; `None` is the design's own size for the window.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Layout {
    pub lesson: Option<f64>,
    pub dock: Option<f64>,
    pub dock_state: DockState,
    pub lesson_hidden: bool,
}

impl Layout {
    pub fn size(&self, pane: Pane, wide: f64) -> f64 {
        let chosen = match pane {
            Pane::Lesson => self.lesson,
            Pane::Dock => self.dock,
        };
        chosen.map_or(pane.limits(wide).2, |size| pane.clamp(size, wide))
    }

    pub fn resize(mut self, pane: Pane, size: Option<f64>) -> Self {
        match pane {
            Pane::Lesson => self.lesson = size,
            Pane::Dock => {
                self.dock = size;
                self.dock_state = DockState::Split;
            }
        }
        self
    }

    /// The tools are to be seen.
    pub fn with_tools(self) -> Self {
        match self.dock_state {
            DockState::Folded => Self {
                dock_state: DockState::Split,
                ..self
            },
            _ => self,
        }
    }

    /// Takes what settings keep; the design's own sizes mean that nothing was chosen.
    pub fn of_settings(lesson_width: f64, dock_height: f64) -> Self {
        let chosen = |size: f64, pane: Pane| (size != pane.limits(f64::MAX).2).then_some(size);
        Self {
            lesson: chosen(lesson_width, Pane::Lesson),
            dock: chosen(dock_height, Pane::Dock),
            ..Self::default()
        }
    }

    /// What settings keep: lesson width and dock height.
    pub fn to_settings(self) -> (f64, f64) {
        (
            self.lesson.unwrap_or(Pane::Lesson.limits(f64::MAX).2),
            self.dock.unwrap_or(Pane::Dock.limits(f64::MAX).2),
        )
    }
}

/// What a key does to a splitter: the new size, or `None` when it is not for the splitter.
pub fn key_resize(pane: Pane, size: f64, key: &str, wide: f64) -> Option<f64> {
    let (least, most, _) = pane.limits(wide);
    let to = match (pane, key) {
        (Pane::Lesson, "ArrowLeft") | (Pane::Dock, "ArrowDown") => size - 16.0,
        (Pane::Lesson, "ArrowRight") | (Pane::Dock, "ArrowUp") => size + 16.0,
        (_, "Home") => least,
        (_, "End") => most,
        _ => return None,
    };
    Some(pane.clamp(to, wide))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_survive_settings() {
        for layout in [
            Layout::default(),
            Layout {
                lesson: Some(620.0),
                ..Layout::default()
            },
            Layout {
                dock: Some(300.0),
                ..Layout::default()
            },
        ] {
            let (lesson, dock) = layout.to_settings();
            assert_eq!(Layout::of_settings(lesson, dock), layout);
        }
    }

    #[test]
    fn keys_move_splitters_within_limits() {
        for (pane, size, key, wanted) in [
            (Pane::Lesson, 580.0, "ArrowRight", Some(596.0)),
            (Pane::Lesson, 425.0, "ArrowLeft", Some(420.0)),
            (Pane::Dock, 446.0, "ArrowUp", Some(462.0)),
            (Pane::Dock, 446.0, "Home", Some(160.0)),
            (Pane::Dock, 446.0, "ArrowLeft", None),
        ] {
            assert_eq!(key_resize(pane, size, key, 1440.0), wanted, "{pane:?} {key}");
        }
    }

    #[test]
    fn a_size_from_a_wide_window_fits_a_narrow_one() {
        let layout = Layout {
            lesson: Some(760.0),
            ..Layout::default()
        };
        assert_eq!(layout.size(Pane::Lesson, 1440.0), 760.0);
        assert_eq!(layout.size(Pane::Lesson, 1200.0), 640.0);
        assert_eq!(Layout::default().size(Pane::Lesson, 1000.0), 400.0);
    }
}
