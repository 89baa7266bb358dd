//! Grey pictures: sampling, background, threshold.

/// A picture of one byte a pixel, 0 black.
#[derive(Debug, Clone, Default)]
pub(super) struct Grey {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

/// What counts as ink once the background is made white.
pub(super) const INK: u8 = 128;
/// Side of the squares whose brightness is the background's, in pixels: wider than a letter.
const SQUARE: usize = 48;
/// Background darker than this is a picture or a black border, not paper.
const DARKEST_PAPER: u8 = 90;

impl Grey {
    pub fn white(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![255; width * height] }
    }

    pub fn row(&self, y: usize) -> &[u8] {
        &self.pixels[y * self.width..(y + 1) * self.width]
    }

    pub fn is_ink(&self, x: usize, y: usize) -> bool {
        self.pixels[y * self.width + x] < INK
    }

    /// The part of the picture within these bounds, which are cut to it.
    pub fn crop(&self, left: usize, top: usize, right: usize, bottom: usize) -> Self {
        let (right, bottom) = (right.min(self.width), bottom.min(self.height));
        let (left, top) = (left.min(right), top.min(bottom));
        let pixels = (top..bottom).flat_map(|y| self.row(y)[left..right].iter().copied()).collect();
        Self { width: right - left, height: bottom - top, pixels }
    }

    /// Makes a rectangle white.
    pub fn clear(&mut self, left: usize, top: usize, right: usize, bottom: usize) {
        let (left, right) = (left.min(self.width), right.min(self.width));
        for y in top..bottom.min(self.height) {
            self.pixels[y * self.width + left..y * self.width + right.max(left)].fill(255);
        }
    }

    /// The picture in another size: the mean of what each pixel covers, or drawn between the nearest ones.
    pub fn scaled(&self, factor: f32) -> Self {
        let size = |n: usize| ((n as f32 * factor).round() as usize).max(1);
        let (width, height) = (size(self.width), size(self.height));
        let columns = weights(self.width, width);
        let rows = weights(self.height, height);
        let mut narrow = vec![0u8; width * self.height];
        for y in 0..self.height {
            let row = self.row(y);
            for (x, w) in columns.iter().enumerate() {
                narrow[y * width + x] = w.mean(|i| row[i]);
            }
        }
        let mut pixels = vec![0u8; width * height];
        for (y, w) in rows.iter().enumerate() {
            for x in 0..width {
                pixels[y * width + x] = w.mean(|i| narrow[i * width + x]);
            }
        }
        Self { width, height, pixels }
    }

    /// The picture turned about its middle, clockwise for a positive tangent as the page is seen; what comes in from outside is white.
    pub fn turned(&self, tangent: f32) -> Self {
        let angle = tangent.atan();
        let (sin, cos) = angle.sin_cos();
        let (cx, cy) = (self.width as f32 / 2.0, self.height as f32 / 2.0);
        let mut out = Self::white(self.width, self.height);
        for y in 0..self.height {
            let dy = y as f32 - cy;
            for x in 0..self.width {
                let dx = x as f32 - cx;
                out.pixels[y * self.width + x] = self.between(cx + cos * dx - sin * dy, cy + sin * dx + cos * dy);
            }
        }
        out
    }

    /// The picture turned by quarters of a circle, clockwise.
    pub fn quarter_turns(&self, quarters: usize) -> Self {
        let mut out = self.clone();
        for _ in 0..quarters % 4 {
            let (w, h) = (out.width, out.height);
            let pixels = (0..w).flat_map(|y| (0..h).map(move |x| (x, y))).map(|(x, y)| out.pixels[(h - 1 - x) * w + y]).collect();
            out = Self { width: h, height: w, pixels };
        }
        out
    }

    /// The brightness at a place between pixels, drawn from the sixteen around it: strokes stay sharper than from four.
    fn between(&self, x: f32, y: f32) -> u8 {
        if x < 1.0 || y < 1.0 || x >= (self.width as f32) - 2.0 || y >= (self.height as f32) - 2.0 {
            return 255;
        }
        let (x0, y0) = (x as usize, y as usize);
        let (across, down) = (cubic(x - x0 as f32), cubic(y - y0 as f32));
        let mut sum = 0.0;
        for (k, weight) in down.iter().enumerate() {
            let start = (y0 + k - 1) * self.width + x0 - 1;
            let row = &self.pixels[start..start + 4];
            let value: f32 = row.iter().zip(across).map(|(&p, w)| f32::from(p) * w).sum();
            sum += value * weight;
        }
        sum.clamp(0.0, 255.0) as u8
    }

    /// Makes the paper white: every pixel is set against the bright ones around it, so that shade and grey paper go.
    pub fn whiten(&mut self) {
        let (across, down) = (self.width.div_ceil(SQUARE), self.height.div_ceil(SQUARE));
        let squares: Vec<u8> = (0..down).flat_map(|j| (0..across).map(move |i| (i, j))).map(|(i, j)| self.paper(i, j)).collect();
        let smooth = smoothed(&squares, across, down);
        for y in 0..self.height {
            let j = y / SQUARE;
            for (i, part) in self.pixels[y * self.width..(y + 1) * self.width].chunks_mut(SQUARE).enumerate() {
                let paper = u32::from(smooth[j * across + i]);
                for p in part {
                    *p = (u32::from(*p) * 255 / paper).min(255) as u8;
                }
            }
        }
    }

    /// The brightness that a tenth of a square's pixels reach.
    fn paper(&self, i: usize, j: usize) -> u8 {
        let mut counts = [0u32; 256];
        let mut all = 0;
        for y in (j * SQUARE)..((j + 1) * SQUARE).min(self.height) {
            let row = self.row(y);
            for &p in &row[i * SQUARE..((i + 1) * SQUARE).min(self.width)] {
                counts[usize::from(p)] += 1;
                all += 1;
            }
        }
        let mut seen = 0;
        for (value, count) in counts.iter().enumerate().rev() {
            seen += count;
            if seen * 10 >= all {
                return value as u8;
            }
        }
        255
    }
}

/// The shares of four neighbours at a place between the second and the third (Catmull and Rom's curve).
fn cubic(t: f32) -> [f32; 4] {
    let (t2, t3) = (t * t, t * t * t);
    [(-t + 2.0 * t2 - t3) / 2.0, (2.0 - 5.0 * t2 + 3.0 * t3) / 2.0, (t + 4.0 * t2 - 3.0 * t3) / 2.0, (t3 - t2) / 2.0]
}

/// Each square with its neighbours; a square without paper takes its neighbours' brightness, or white.
fn smoothed(squares: &[u8], across: usize, down: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(squares.len());
    for j in 0..down {
        for i in 0..across {
            let (mut sum, mut n) = (0u32, 0u32);
            for y in j.saturating_sub(1)..(j + 2).min(down) {
                for x in i.saturating_sub(1)..(i + 2).min(across) {
                    let s = squares[y * across + x];
                    if s >= DARKEST_PAPER {
                        sum += u32::from(s);
                        n += 1;
                    }
                }
            }
            out.push(sum.checked_div(n).map_or(255, |mean| mean as u8));
        }
    }
    out
}

/// The pixels that one pixel of another size is made of, with their shares in 1/1024.
struct Weights {
    first: usize,
    shares: Vec<u32>,
}

impl Weights {
    fn mean(&self, pixel: impl Fn(usize) -> u8) -> u8 {
        let sum: u32 = self.shares.iter().enumerate().map(|(k, s)| s * u32::from(pixel(self.first + k))).sum();
        let all: u32 = self.shares.iter().sum();
        (sum / all.max(1)) as u8
    }
}

fn weights(from: usize, to: usize) -> Vec<Weights> {
    let step = from as f32 / to as f32;
    let reach = step.max(1.0);
    (0..to)
        .map(|i| {
            let middle = (i as f32 + 0.5) * step - 0.5;
            let first = (middle - reach).ceil().max(0.0) as usize;
            let last = ((middle + reach).floor() as usize).min(from - 1).max(first.min(from - 1));
            let first = first.min(last);
            let share = |k: usize| ((1.0 - (k as f32 - middle).abs() / reach).max(0.0) * 1024.0) as u32;
            let shares: Vec<u32> = (first..=last).map(share).collect();
            let shares = if shares.iter().all(|&s| s == 0) { vec![1; shares.len()] } else { shares };
            Weights { first, shares }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_paper_becomes_white_and_ink_stays() {
        let mut page = Grey { width: 200, height: 200, pixels: (0..200 * 200).map(|i| 150 + (i % 200 / 4) as u8).collect() };
        for y in 90..100 {
            page.pixels[y * 200 + 20..y * 200 + 180].fill(40);
        }
        page.whiten();
        assert!(page.is_ink(100, 95));
        assert!(page.pixels[10 * 200 + 5] > 230 && page.pixels[10 * 200 + 195] > 230);
    }

    #[test]
    fn quarter_turns_move_the_corners_clockwise() {
        let page = Grey { width: 3, height: 2, pixels: vec![1, 2, 3, 4, 5, 6] };
        let rows = [(0, 3, vec![1, 2, 3, 4, 5, 6]), (1, 2, vec![4, 1, 5, 2, 6, 3]), (2, 3, vec![6, 5, 4, 3, 2, 1]), (3, 2, vec![3, 6, 2, 5, 1, 4])];
        for (quarters, width, pixels) in rows {
            let turned = page.quarter_turns(quarters);
            assert_eq!((turned.width, turned.pixels), (width, pixels), "{quarters}");
        }
    }

    #[test]
    fn another_size_keeps_the_brightness() {
        let page = Grey { width: 60, height: 40, pixels: [0, 255].repeat(1200) };
        for factor in [0.25, 0.5, 0.67, 1.5, 3.0] {
            let other = page.scaled(factor);
            let mean = other.pixels.iter().map(|&p| u64::from(p)).sum::<u64>() / other.pixels.len() as u64;
            assert!((115..140).contains(&mean), "{factor}: {mean}");
        }
    }
}
