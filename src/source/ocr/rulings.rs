//! Ruled lines of a page: found, told, and taken out before the characters are read.

use super::blobs::stretches;
use super::grey::{Grey, INK};

/// A ruled line in pixels; of little height when horizontal, of little width when vertical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ruling {
    pub left: usize,
    pub top: usize,
    pub right: usize,
    pub bottom: usize,
    pub vertical: bool,
}

impl Ruling {
    /// The middle across its direction.
    pub fn at(&self) -> usize {
        if self.vertical { (self.left + self.right) / 2 } else { (self.top + self.bottom) / 2 }
    }

    /// Its ends along its direction.
    pub fn ends(&self) -> (usize, usize) {
        if self.vertical { (self.top, self.bottom) } else { (self.left, self.right) }
    }

    fn crossed(self) -> Self {
        Self { left: self.top, top: self.left, right: self.bottom, bottom: self.right, vertical: !self.vertical }
    }
}

/// Thin rules come out grey, lighter than letters do.
const HAIR: u8 = 190;
/// No stroke of a letter is as long as this, in inches.
const LEAST_RUN: f32 = 0.3;
/// The rule under a province's name in the letterhead is the shortest one, in inches.
const LEAST_LENGTH: f32 = 0.35;
/// Thicker ink is no rule, in inches.
const MOST_THICKNESS: f32 = 0.05;
/// Gaps that bad printing tears into a rule, in inches.
const MOST_GAP: f32 = 0.08;
/// A sheet of squared paper has fewer.
const MOST_RULINGS: usize = 4000;

/// A ruling of one direction and the ink it is made of.
struct Stroke {
    ruling: Ruling,
    area: usize,
    /// Row, first column and the one past the last.
    runs: Vec<(usize, usize, usize)>,
}

/// Finds the ruled lines and makes them white; strokes of letters that cross them stay.
pub(super) fn take(page: &mut Grey, dpi: f32) -> Vec<Ruling> {
    let across = strokes(page, dpi);
    let mut turned = transposed(page);
    let down = strokes(&turned, dpi);
    if across.len() + down.len() > MOST_RULINGS {
        return Vec::new();
    }
    across.iter().for_each(|s| erase(page, s));
    if !down.is_empty() {
        turned = transposed(page);
        down.iter().for_each(|s| erase(&mut turned, s));
        *page = transposed(&turned);
    }
    let mut rulings = joined(across.iter().map(|s| s.ruling).collect(), dpi);
    rulings.extend(joined(down.iter().map(|s| s.ruling).collect(), dpi).into_iter().map(Ruling::crossed));
    rulings
}

fn transposed(page: &Grey) -> Grey {
    /// Squares of this side stay in the processor's cache.
    const TILE: usize = 64;
    let mut out = Grey { width: page.height, height: page.width, pixels: vec![255; page.pixels.len()] };
    for top in (0..page.height).step_by(TILE) {
        for left in (0..page.width).step_by(TILE) {
            for y in top..(top + TILE).min(page.height) {
                for x in left..(left + TILE).min(page.width) {
                    out.pixels[x * page.height + y] = page.pixels[y * page.width + x];
                }
            }
        }
    }
    out
}

/// The horizontal rulings of a picture.
fn strokes(page: &Grey, dpi: f32) -> Vec<Stroke> {
    let pixels = |inches: f32| (inches * dpi) as usize;
    let mut done: Vec<Stroke> = Vec::new();
    let mut open: Vec<Stroke> = Vec::new();
    for y in 0..page.height {
        for (start, end) in stretches(page.row(y), HAIR).filter(|(start, end)| end - start >= pixels(LEAST_RUN)) {
            let run = (y, start, end);
            match open.iter_mut().find(|s| s.touches(run)) {
                Some(stroke) => stroke.add(run),
                None => open.push(Stroke::of(run)),
            }
        }
        let (closed, rest) = open.into_iter().partition(|s: &Stroke| s.ruling.bottom + 2 <= y);
        open = rest;
        done.extend(closed);
        if done.len() > MOST_RULINGS {
            return done;
        }
    }
    done.extend(open);
    let thin = |s: &Stroke| {
        let length = s.ruling.right - s.ruling.left;
        s.area <= length * pixels(MOST_THICKNESS) && s.ruling.bottom - s.ruling.top <= pixels(MOST_THICKNESS) + length / 40
    };
    done.retain(thin);
    done
}

impl Stroke {
    fn of((y, left, right): (usize, usize, usize)) -> Self {
        let ruling = Ruling { left, top: y, right, bottom: y + 1, vertical: false };
        Self { ruling, area: right - left, runs: vec![(y, left, right)] }
    }

    fn touches(&self, (y, start, end): (usize, usize, usize)) -> bool {
        self.runs.iter().rev().take_while(|r| r.0 + 2 >= y).any(|r| r.1 <= end + 1 && start <= r.2 + 1)
    }

    fn add(&mut self, (y, start, end): (usize, usize, usize)) {
        self.ruling.left = self.ruling.left.min(start);
        self.ruling.right = self.ruling.right.max(end);
        self.ruling.bottom = y + 1;
        self.area += end - start;
        self.runs.push((y, start, end));
    }
}

/// Pieces of one line become one; what stays short is none.
fn joined(mut rulings: Vec<Ruling>, dpi: f32) -> Vec<Ruling> {
    let pixels = |inches: f32| (inches * dpi) as usize;
    rulings.sort_unstable_by_key(|r| (r.left, r.top));
    let mut out: Vec<Ruling> = Vec::new();
    for r in rulings {
        let level = |o: &Ruling| o.at().abs_diff(r.at()) <= pixels(MOST_THICKNESS) / 2 + (o.right - o.left) / 100;
        match out.iter_mut().find(|o| r.left <= o.right + pixels(MOST_GAP) && level(o)) {
            Some(o) => {
                o.right = o.right.max(r.right);
                o.top = o.top.min(r.top);
                o.bottom = o.bottom.max(r.bottom);
            }
            None => out.push(r),
        }
    }
    out.retain(|r| r.right - r.left >= pixels(LEAST_LENGTH));
    out
}

/// Makes a ruling white, save where a stroke of a letter goes through.
fn erase(page: &mut Grey, stroke: &Stroke) {
    let Ruling { left, right, .. } = stroke.ruling;
    let mut span = vec![(usize::MAX, 0); right - left];
    for &(y, start, end) in &stroke.runs {
        for s in &mut span[start - left..end - left] {
            *s = (s.0.min(y), s.1.max(y));
        }
    }
    let width = page.width;
    for (x, (top, bottom)) in span.into_iter().enumerate().filter(|(_, s)| s.0 <= s.1).map(|(i, s)| (left + i, s)) {
        let ink = |y: Option<usize>| y.filter(|&y| y < page.height).is_some_and(|y| page.pixels[y * width + x] < INK);
        if ink(top.checked_sub(2)) && ink(Some(bottom + 2)) {
            continue;
        }
        for y in top..=bottom {
            page.pixels[y * width + x] = 255;
        }
        // The soft edges of the rule, not the letter that stands on it.
        for y in [top.checked_sub(1), Some(bottom + 1)].into_iter().flatten().filter(|&y| y < page.height) {
            if !(ink_beyond(page, x, y, top)) {
                page.pixels[y * width + x] = 255;
            }
        }
    }
}

fn ink_beyond(page: &Grey, x: usize, y: usize, top: usize) -> bool {
    let beyond = if y < top { y.checked_sub(1) } else { Some(y + 1) };
    beyond.filter(|&b| b < page.height).is_some_and(|b| page.pixels[b * page.width + x] < INK)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(page: &mut Grey, left: usize, top: usize, right: usize, bottom: usize) {
        for y in top..bottom {
            page.pixels[y * page.width + left..y * page.width + right].fill(0);
        }
    }

    #[test]
    fn rules_are_found_and_erased_and_letters_stay() {
        let mut page = Grey::white(600, 400);
        line(&mut page, 50, 100, 300, 103);
        line(&mut page, 308, 101, 550, 104);
        line(&mut page, 100, 40, 103, 360);
        line(&mut page, 200, 90, 204, 115);
        line(&mut page, 400, 200, 430, 210);
        line(&mut page, 300, 300, 500, 380);
        let rulings = take(&mut page, 200.0);
        let found: Vec<_> = rulings.iter().map(|r| (r.vertical, r.left, r.right, r.top, r.bottom)).collect();
        assert_eq!(found, [(false, 50, 550, 100, 104), (true, 100, 103, 40, 360)], "a torn rule is one; a dash and a dark square are none");
        assert!(!page.is_ink(60, 101) && !page.is_ink(101, 101) && !page.is_ink(101, 300));
        assert!(page.is_ink(201, 101), "a stroke that crosses the rule");
        assert!(page.is_ink(410, 205) && page.is_ink(400, 340));
    }
}
