//! How characters are set, before the levels that say so (defaults, styles, the run itself) are laid over one another.

use super::flow::{Font, Style};

/// What one level of the hierarchy (defaults, styles, the run itself) says about characters.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Characters {
    /// `Some(None)` is a font of the theme, whose name is not looked up.
    pub font: Option<Option<Font>>,
    pub bold: Option<bool>,
    pub caps: Option<bool>,
    pub hidden: Option<bool>,
}

impl Characters {
    /// These, and where they say nothing the ones below.
    pub fn over(self, below: Self) -> Self {
        Self { font: self.font.or(below.font), bold: self.bold.or(below.bold), caps: self.caps.or(below.caps), hidden: self.hidden.or(below.hidden) }
    }

    /// These of a character style over those of a paragraph style: what both switch on is off (17.7.3).
    pub fn toggled_over(self, below: Self) -> Self {
        let toggle = |over: Option<bool>, below: Option<bool>| match (over, below) {
            (Some(true), Some(true)) => Some(false),
            (Some(true), _) => Some(true),
            (_, below) => below,
        };
        Self {
            font: self.font.or(below.font),
            bold: toggle(self.bold, below.bold),
            caps: toggle(self.caps, below.caps),
            hidden: toggle(self.hidden, below.hidden),
        }
    }

    pub fn is_hidden(self) -> bool {
        self.hidden.unwrap_or(false)
    }

    pub fn style(self) -> Style {
        Style { font: self.font.flatten(), bold: self.bold.unwrap_or(false), caps: self.caps.unwrap_or(false), ..Style::default() }
    }
}
