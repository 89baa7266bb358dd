//! The way back from uniform text to the bytes of the source.

use super::Span;
use std::ops::Range;

/// Where each stretch of the text came from, in the order of the text.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    stretches: Vec<Stretch>,
}

/// A stretch of text from byte `text` up to the next stretch.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    text: usize,
    source: usize,
    source_end: usize,
    /// Byte for byte the same as the source; otherwise made from the source range as a whole.
    copied: bool,
}

impl Origin {
    /// Says that `len` bytes from `text` on are those of the source from `source` on.
    pub(super) fn copied(&mut self, text: usize, source: usize, len: usize) {
        if let Some(last) = self.stretches.last_mut()
            && last.copied
            && last.source_end == source
            && last.text + (source - last.source) == text
        {
            last.source_end += len;
            return;
        }
        self.stretches.push(Stretch { text, source, source_end: source + len, copied: true });
    }

    /// Says that the text from `text` on was made from this range of the source.
    pub(super) fn made_from(&mut self, text: usize, source: Range<usize>) {
        self.stretches.push(Stretch { text, source: source.start, source_end: source.end, copied: false });
    }

    /// The source bytes that a span was read from; empty for an empty span.
    pub(super) fn range(&self, span: Span) -> Range<usize> {
        let Some(first) = self.stretch_at(span.start) else { return 0..0 };
        let start = if first.copied { first.source + (span.start - first.text) } else { first.source };
        if span.is_empty() {
            return start..start;
        }
        let last = self.stretch_at(span.end - 1).unwrap_or(first);
        let end = if last.copied { last.source + (span.end - last.text) } else { last.source_end };
        start.min(end)..end.max(start)
    }

    fn stretch_at(&self, text: usize) -> Option<Stretch> {
        let next = self.stretches.partition_point(|s| s.text <= text);
        next.checked_sub(1).map(|i| self.stretches[i])
    }
}

/// Where the characters of a decoded text stand in its encoded bytes.
#[derive(Debug, Clone, Default)]
pub struct Decoding {
    steps: Vec<Step>,
}

/// From byte `text` of the decoded text on, every `text_unit` bytes were read from `source_unit` bytes.
#[derive(Debug, Clone, Copy)]
struct Step {
    text: usize,
    source: usize,
    text_unit: usize,
    source_unit: usize,
}

impl Decoding {
    /// Says that the character at byte `text` was read from byte `source`, and that so many bytes of text came
    /// from so many bytes of source from there on.
    pub(crate) fn step(&mut self, text: usize, source: usize, text_unit: usize, source_unit: usize) {
        let goes_on = self.steps.last().is_some_and(|last| {
            (last.text_unit, last.source_unit) == (text_unit, source_unit) && (text - last.text) / text_unit * source_unit + last.source == source
        });
        if !goes_on {
            self.steps.push(Step { text, source, text_unit, source_unit });
        }
    }

    /// The byte of the source that a byte of the decoded text came from.
    pub fn source(&self, text: usize) -> usize {
        let next = self.steps.partition_point(|s| s.text <= text);
        match next.checked_sub(1).map(|i| self.steps[i]) {
            Some(step) => step.source + (text - step.text) / step.text_unit * step.source_unit,
            None => text,
        }
    }
}
