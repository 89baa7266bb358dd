//! Marks of urgency and secrecy: red words in a frame, often set aslant by hand.

use super::blobs::{Blob, Blobs};
use super::engine::{self, Found, Layout};
use super::grey::Grey;
use super::words::Line;
use crate::error::Result;
use unicode_normalization::UnicodeNormalization;

/// Nghị định 30/2020/NĐ-CP and the law on state secrets: the words of the marks.
const MARKS: [&str; 6] = ["HỎA TỐC", "THƯỢNG KHẨN", "KHẨN", "TUYỆT MẬT", "TỐI MẬT", "MẬT"];
/// Sizes of their capitals, in inches: 13 or 14 points, larger on rubber stamps.
const SMALLEST: f32 = 0.06;
const LARGEST: f32 = 0.4;
/// Pieces of red ink nearer than this belong together, in inches.
const NEAR: f32 = 0.12;
/// Red papers and pictures have more pieces.
const MOST_PIECES: usize = 3000;
/// Groups that are tried: seals, stamps, marks.
const MOST_GROUPS: usize = 6;

/// Finds the marks in the red ink of a page.
///
/// # Errors
/// When tesseract fails.
pub(super) fn read(red: &Grey, dpi: f32) -> Result<Vec<Line>> {
    let blobs = Blobs::of(red);
    let pieces: Vec<Blob> = blobs.all.iter().filter(|b| b.area > (dpi / 50.0) as usize).copied().collect();
    if pieces.len() > MOST_PIECES {
        return Ok(Vec::new());
    }
    let mut marks = Vec::new();
    for group in groups(pieces, (NEAR * dpi) as usize).into_iter().take(MOST_GROUPS) {
        let Some(line) = Letters::of(&group, dpi) else { continue };
        let picture = line.level(red, &group);
        let read = engine::read(&picture, Layout::Line, dpi)?;
        let text: String = read.iter().map(|w| w.text.as_str()).collect();
        if let Some(text) = mark(&text) {
            marks.push(line.words(text));
        }
    }
    Ok(marks)
}

/// Pieces that lie near one another, the groups with most letters first.
fn groups(pieces: Vec<Blob>, near: usize) -> Vec<Vec<Blob>> {
    let mut groups: Vec<(Blob, Vec<Blob>)> = Vec::new();
    for piece in pieces {
        let close = |o: &Blob| piece.left <= o.right + near && o.left <= piece.right + near && piece.top <= o.bottom + near && o.top <= piece.bottom + near;
        let (touching, mut rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(|g| close(&g.0) && g.1.iter().any(close));
        let mut bounds = piece;
        let mut members = vec![piece];
        for (other, more) in touching {
            bounds.left = bounds.left.min(other.left);
            bounds.top = bounds.top.min(other.top);
            bounds.right = bounds.right.max(other.right);
            bounds.bottom = bounds.bottom.max(other.bottom);
            members.extend(more);
        }
        rest.push((bounds, members));
        groups = rest;
    }
    let mut groups: Vec<Vec<Blob>> = groups.into_iter().map(|g| g.1).filter(|g| g.len() > 2).collect();
    groups.sort_by_key(|g| (g.iter().map(|b| b.top).min(), g.iter().map(|b| b.left).min()));
    groups
}

/// Letters that stand in one line, level or aslant.
struct Letters {
    tangent: f32,
    middle: (f32, f32),
    height: f32,
    /// Of the whole line, along it.
    length: f32,
}

impl Letters {
    /// None where the letters stand in a circle or in several lines, as in a seal.
    fn of(group: &[Blob], dpi: f32) -> Option<Self> {
        let fits = |n: usize| (SMALLEST * dpi..LARGEST * dpi).contains(&(n as f32));
        let letters: Vec<&Blob> = group.iter().filter(|b| fits(b.height()) && b.width() < 2 * b.height()).collect();
        if !(3..=16).contains(&letters.len()) {
            return None;
        }
        let n = letters.len() as f32;
        let centre = |b: &Blob| ((b.left + b.right) as f32 / 2.0, (b.top + b.bottom) as f32 / 2.0);
        let (sx, sy) = letters.iter().map(|b| centre(b)).fold((0.0, 0.0), |s, c| (s.0 + c.0, s.1 + c.1));
        let middle = (sx / n, sy / n);
        let apart = letters.iter().map(|b| (centre(b).0 - middle.0, centre(b).1 - middle.1));
        let (xx, xy) = apart.clone().fold((0.0, 0.0), |s, (x, y)| (s.0 + x * x, s.1 + x * y));
        if xx <= 0.0 {
            return None;
        }
        let tangent: f32 = xy / xx;
        let mut heights: Vec<usize> = letters.iter().map(|b| b.height()).collect();
        heights.sort_unstable();
        let height = heights[heights.len() / 2] as f32;
        let level = apart.clone().all(|(x, y)| (y - x * tangent).abs() < height);
        let reach = apart.map(|(x, _)| x.abs()).fold(0.0, f32::max);
        let length = (reach * 2.0 + height) * (1.0 + tangent * tangent).sqrt();
        (level && tangent.abs() < 1.2).then_some(Self { tangent, middle, height, length })
    }

    /// The letters without their frame, turned level.
    fn level(&self, red: &Grey, group: &[Blob]) -> Grey {
        let reach = (self.length / 2.0 + 2.0 * self.height) as usize;
        let (x, y) = (self.middle.0 as usize, self.middle.1 as usize);
        let mut page = Grey::white(2 * reach, 2 * reach);
        for b in group.iter().filter(|b| b.height() as f32 <= 2.0 * self.height && b.width() as f32 <= 2.5 * self.height) {
            for row in b.top..b.bottom {
                for column in b.left..b.right {
                    let (to_x, to_y) = ((column + reach).wrapping_sub(x), (row + reach).wrapping_sub(y));
                    if to_x < page.width && to_y < page.height && red.is_ink(column, row) {
                        page.pixels[to_y * page.width + to_x] = 0;
                    }
                }
            }
        }
        let level = page.turned(self.tangent);
        let half = (1.4 * self.height) as usize;
        level.crop(0, reach.saturating_sub(half), 2 * reach, reach + half)
    }

    /// The words of the mark side by side, as if it stood level.
    fn words(&self, text: &str) -> Line {
        let all = text.chars().count() as f32;
        let length = self.length.min(self.middle.0 * 2.0);
        let mut left = self.middle.0 - length / 2.0;
        let (top, bottom) = (self.middle.1 - self.height / 2.0, self.middle.1 + self.height / 2.0);
        let mut line = Line::new();
        for word in text.split(' ') {
            let width = length * word.chars().count() as f32 / all;
            let place = |v: f32| v.max(0.0) as usize;
            let word = Found {
                text: word.to_owned(),
                confidence: 90.0,
                line: 0,
                left: place(left),
                top: place(top),
                right: place(left + width),
                bottom: place(bottom),
            };
            line.push(word);
            left += width + length / all;
        }
        line
    }
}

/// The mark that was read, one slip in a long one allowed; marks over letters are not looked at.
fn mark(read: &str) -> Option<&'static str> {
    let read = bare(read);
    let slips = |m: &str| distance(&bare(m), &read);
    let best = MARKS.into_iter().min_by_key(|m| slips(m))?;
    let allowed = if bare(best).len() > 4 { 1 } else { 0 };
    (slips(best) <= allowed).then_some(best)
}

/// Capital letters without their marks.
fn bare(text: &str) -> Vec<char> {
    text.to_uppercase().nfd().filter(char::is_ascii_uppercase).collect()
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let best = (corner + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_known_with_a_slip() {
        let rows = [
            ("HỎA TỐC", Some("HỎA TỐC")),
            ("HOẢ TÓC", Some("HỎA TỐC")),
            ("HÓA TỐG", Some("HỎA TỐC")),
            ("THƯỢNG KHẨN", Some("THƯỢNG KHẨN")),
            ("KHẨN", Some("KHẨN")),
            ("MẬT", Some("MẬT")),
            ("TỐI MẬT", Some("TỐI MẬT")),
            ("MẶC", None),
            ("CÔNG AN TỈNH", None),
            ("", None),
        ];
        for (read, wanted) in rows {
            assert_eq!(mark(read), wanted, "{read}");
        }
    }

    #[test]
    fn letters_in_a_line_are_told_from_a_seal() {
        let letter = |x: f32, y: f32| Blob { left: x as usize, top: y as usize, right: x as usize + 20, bottom: y as usize + 26, area: 200 };
        let aslant: Vec<Blob> = (0..6).map(|k| letter(100.0 + 25.0 * k as f32, 300.0 - 15.0 * k as f32)).collect();
        let line = Letters::of(&aslant, 200.0).unwrap();
        assert!((line.tangent + 0.6).abs() < 0.05 && (line.height - 26.0).abs() < 0.1);
        let seal: Vec<Blob> =
            (0..12).map(|k| (k as f32 * std::f32::consts::FRAC_PI_6).sin_cos()).map(|(s, c)| letter(300.0 + 120.0 * c, 300.0 + 120.0 * s)).collect();
        assert!(Letters::of(&seal, 200.0).is_none());
    }
}
