//! Ink that hangs together: letters, specks, signatures, black borders.

use super::grey::{Grey, INK};

/// Pixels of ink that touch one another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Blob {
    pub left: usize,
    pub top: usize,
    /// One past the last column and row.
    pub right: usize,
    pub bottom: usize,
    pub area: usize,
}

impl Blob {
    pub fn width(&self) -> usize {
        self.right - self.left
    }

    pub fn height(&self) -> usize {
        self.bottom - self.top
    }
}

#[derive(Clone, Copy)]
struct Stretch {
    row: u32,
    start: u32,
    end: u32,
    blob: u32,
}

/// The blobs of a picture and what they are made of.
pub(super) struct Blobs {
    stretches: Vec<Stretch>,
    pub all: Vec<Blob>,
}

impl Blobs {
    pub fn of(page: &Grey) -> Self {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut parents: Vec<u32> = Vec::new();
        let mut above = 0..0;
        for y in 0..page.height {
            let first = stretches.len();
            let mut up = above.start;
            for (start, end) in self::stretches(page.row(y), INK) {
                let mut blob = u32::MAX;
                while up < above.end && (stretches[up].end as usize) < start {
                    up += 1;
                }
                let mut k = up;
                while k < above.end && stretches[k].start as usize <= end {
                    let root = root(&mut parents, stretches[k].blob);
                    blob = if blob == u32::MAX { root } else { join(&mut parents, blob, root) };
                    k += 1;
                }
                if blob == u32::MAX {
                    blob = parents.len() as u32;
                    parents.push(blob);
                }
                stretches.push(Stretch { row: y as u32, start: start as u32, end: end as u32, blob });
            }
            above = first..stretches.len();
        }
        Self::gathered(stretches, parents)
    }

    fn gathered(mut stretches: Vec<Stretch>, mut parents: Vec<u32>) -> Self {
        let mut numbers = vec![u32::MAX; parents.len()];
        let mut all: Vec<Blob> = Vec::new();
        for s in &mut stretches {
            let root = root(&mut parents, s.blob) as usize;
            let (start, end, row) = (s.start as usize, s.end as usize, s.row as usize);
            if numbers[root] == u32::MAX {
                numbers[root] = all.len() as u32;
                all.push(Blob { left: start, top: row, right: end, bottom: row + 1, area: 0 });
            }
            s.blob = numbers[root];
            let blob = &mut all[s.blob as usize];
            blob.left = blob.left.min(start);
            blob.right = blob.right.max(end);
            blob.bottom = row + 1;
            blob.area += end - start;
        }
        Self { stretches, all }
    }

    /// Makes white what belongs to the blobs that are chosen, with the soft edge around it.
    pub fn erase(&self, page: &mut Grey, chosen: impl Fn(&Blob) -> bool) {
        let chosen: Vec<bool> = self.all.iter().map(chosen).collect();
        for s in self.stretches.iter().filter(|s| chosen[s.blob as usize]) {
            let (row, start, end) = (s.row as usize, (s.start as usize).saturating_sub(1), (s.end as usize + 1).min(page.width));
            page.pixels[row * page.width + start..row * page.width + end].fill(255);
        }
    }

    /// The height of small letters and capitals together: the middle one of the blobs that may be letters.
    pub fn letter_height(&self) -> usize {
        let mut heights: Vec<usize> = self.all.iter().filter(|b| b.height() > 6 && b.height() < 120 && b.width() < 4 * b.height()).map(Blob::height).collect();
        heights.sort_unstable();
        heights.get(heights.len() / 2).copied().unwrap_or(0)
    }
}

fn root(parents: &mut [u32], mut blob: u32) -> u32 {
    while parents[blob as usize] != blob {
        parents[blob as usize] = parents[parents[blob as usize] as usize];
        blob = parents[blob as usize];
    }
    blob
}

fn join(parents: &mut [u32], a: u32, b: u32) -> u32 {
    let (low, high) = (a.min(b), a.max(b));
    parents[high as usize] = low;
    low
}

/// Where what is darker than a level begins and ends in a row of pixels.
pub(super) fn stretches(row: &[u8], level: u8) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + row[at..].iter().position(|&p| p < level)?;
        at = row[start..].iter().position(|&p| p >= level).map_or(row.len(), |n| start + n);
        Some((start, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(rows: &[&str]) -> Grey {
        let pixels = rows.iter().flat_map(|r| r.bytes().map(|b| if b == b'#' { 0 } else { 255 })).collect();
        Grey { width: rows[0].len(), height: rows.len(), pixels }
    }

    #[test]
    fn what_touches_is_one_blob() {
        let rows: [(&[&str], usize, &str); 4] = [
            (&["#.#", "#.#", "###"], 1, "two strokes that meet below"),
            (&["#..", ".#.", "..#"], 1, "corners touch"),
            (&["#.#", "#.#"], 2, "two strokes"),
            (&["...", "..."], 0, "nothing"),
        ];
        for (rows, count, why) in rows {
            assert_eq!(Blobs::of(&page(rows)).all.len(), count, "{why}");
        }
    }

    #[test]
    fn a_chosen_blob_is_erased() {
        let mut p = page(&["####..#", "#..#...", "####..."]);
        let blobs = Blobs::of(&p);
        assert_eq!(blobs.all[0], Blob { left: 0, top: 0, right: 4, bottom: 3, area: 10 });
        blobs.erase(&mut p, |b| b.area < 3);
        assert!(!p.is_ink(6, 0) && p.is_ink(0, 0));
    }
}
