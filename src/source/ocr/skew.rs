//! How far a page lies aslant.

use super::grey::Grey;

/// Farther than this no scanner takes a sheet in, in degrees.
const MOST: f32 = 5.0;
/// Less is not worth the blur of turning, in degrees.
const LEAST: f32 = 0.15;
/// First step of the search and the last, in degrees.
const COARSE: f32 = 0.25;
const FINE: f32 = 0.05;
/// Points that are enough to see the lines.
const MOST_POINTS: usize = 60_000;

/// The tangent of the angle by which the lines of the page fall to the right; none where they lie level.
pub(super) fn of(page: &Grey) -> Option<f32> {
    let points = feet(page);
    if points.len() < 200 {
        return None;
    }
    let mut best = search(&points, page, 0.0, MOST, COARSE);
    best = search(&points, page, best, COARSE, FINE);
    (best.abs() >= LEAST).then(|| best.to_radians().tan())
}

fn search(points: &[(f32, f32)], page: &Grey, middle: f32, reach: f32, step: f32) -> f32 {
    let steps = (reach / step).round() as i32;
    let mut best = (f64::MIN, middle);
    let mut counts = vec![0u32; page.height / 2 + page.width / 8 + 8];
    // From the middle outwards: of angles that do as well, the smallest turn counts.
    for i in (0..=steps).flat_map(|i| [i, -i]) {
        let angle = middle + i as f32 * step;
        let sharpness = sharpness(points, angle.to_radians().tan(), page, &mut counts);
        if sharpness > best.0 {
            best = (sharpness, angle);
        }
    }
    best.1
}

/// How much the feet of letters gather in few rows.
fn sharpness(points: &[(f32, f32)], tangent: f32, page: &Grey, counts: &mut [u32]) -> f64 {
    counts.fill(0);
    let middle = page.width as f32 / 2.0;
    let shift = counts.len() as f32 / 2.0 - page.height as f32 / 4.0;
    for &(x, y) in points {
        let row = (y - (x - middle) * tangent) / 2.0 + shift;
        if row >= 0.0 && (row as usize) < counts.len() {
            counts[row as usize] += 1;
        }
    }
    counts.iter().map(|&n| f64::from(n) * f64::from(n)).sum()
}

/// Ink above paper: most of it stands on a line of writing. The middle of the page, without its borders.
fn feet(page: &Grey) -> Vec<(f32, f32)> {
    let (w, h) = (page.width, page.height);
    let mut points = Vec::new();
    if h < 40 || w < 40 {
        return points;
    }
    for y in h / 20..h - h / 20 {
        let (row, below) = (page.row(y), page.row(y + 1));
        for x in w / 20..w - w / 20 {
            if row[x] < super::grey::INK && below[x] >= super::grey::INK {
                points.push((x as f32, y as f32));
            }
        }
    }
    let thin = points.len().div_ceil(MOST_POINTS).max(1);
    points.into_iter().step_by(thin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aslant_lines_are_measured() {
        for degrees in [-4.0f32, -0.6, 0.0, 0.1, 1.0, 3.3] {
            let tangent = degrees.to_radians().tan();
            let mut page = Grey::white(800, 1000);
            for line in 0..20 {
                for x in 100..700 {
                    // Words with gaps, as letters of eight pixels.
                    if x / 60 % 4 != 3 {
                        let y = 200.0 + line as f32 * 30.0 + (x as f32 - 400.0) * tangent;
                        (0..8).for_each(|k| page.pixels[(y as usize + k) * 800 + x] = 0);
                    }
                }
            }
            let found = of(&page).map_or(0.0, |t| t.atan().to_degrees());
            let wanted = if degrees.abs() < LEAST { 0.0 } else { degrees };
            assert!((found - wanted).abs() < 0.12, "{degrees}: {found}");
            assert!(of(&page.turned(tangent)).is_none_or(|t| t.atan().to_degrees().abs() < 0.3), "{degrees}");
        }
    }
}
