//! What stands on a page: words and ruled lines with their places, from a PDF or from character recognition.

use super::flow::Font;

/// A rectangle on the page in points (1/72 inch) from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Area {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Area {
    pub fn width(self) -> f32 {
        self.right - self.left
    }

    pub fn height(self) -> f32 {
        self.bottom - self.top
    }
}

/// Letters that stand together.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub text: String,
    pub area: Area,
    /// Size of the letters in points.
    pub size: f32,
    /// Where the source names it.
    pub font: Option<Font>,
    pub bold: bool,
    /// How sure character recognition is, in percent; none where the letters are given.
    pub confidence: Option<u8>,
}

/// Of 1,649 words of two real scans, one in nine that recognition was less sure of than this, in percent, was wrong;
/// of the others one in 160.
const UNSURE: u8 = 85;

impl Word {
    /// Whether character recognition may well have misread it.
    pub fn is_unsure(&self) -> bool {
        self.confidence.is_some_and(|c| c < UNSURE)
    }
}

/// A page as it is printed, upright.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    pub height: f32,
    /// In no certain order.
    pub words: Vec<Word>,
    /// Ruled lines, horizontal and vertical: areas of next to no height or width.
    pub rules: Vec<Area>,
}
