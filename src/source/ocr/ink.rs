//! Black ink and red ink of a page, taken apart.
//!
//! Seals, received stamps and urgency marks are red and often lie over the text; the text is black.

use super::grey::Grey;
use super::{PageImage, Pixels};

/// How far red must stand above green and blue to be red ink, of 255.
const RED: u8 = 48;
/// Fewer red pixels than this make no mark: specks and the edges of JPEG squares.
const FEWEST_RED: usize = 400;

/// A page's two inks.
pub(super) struct Layers {
    /// The page without its red ink.
    pub black: Grey,
    /// The red ink alone, black on white, where there is any.
    pub red: Option<Grey>,
}

pub(super) fn split(image: &PageImage) -> Layers {
    let (width, height) = (image.width as usize, image.height as usize);
    match &image.pixels {
        Pixels::Grey(pixels) => Layers { black: Grey { width, height, pixels: pixels.clone() }, red: None },
        Pixels::Rgb(pixels) => {
            let mut black = Grey::white(width, height);
            let mut red = Grey::white(width, height);
            let mut count = 0;
            for (i, p) in pixels.as_chunks::<3>().0.iter().enumerate() {
                let [r, g, b] = *p;
                let redness = r.saturating_sub(g.max(b));
                if redness >= RED {
                    red.pixels[i] = 0;
                    count += 1;
                }
                black.pixels[i] = darkness(r, g, b, redness);
            }
            Layers { black, red: (count >= FEWEST_RED).then_some(red) }
        }
    }
}

/// Red ink is as bright as its red light; what is black under it stays dark. Pale red is the bleeding of a seal.
fn darkness(r: u8, g: u8, b: u8, redness: u8) -> u8 {
    if redness >= RED / 4 {
        return r.saturating_add(redness / 2);
    }
    ((u32::from(r) * 77 + u32::from(g) * 150 + u32::from(b) * 29) >> 8) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn red_goes_and_black_stays() {
        let rows: [([u8; 3], bool, bool, &str); 6] = [
            ([20, 20, 25], true, false, "black ink"),
            ([225, 40, 50], false, true, "a seal"),
            ([90, 20, 25], true, true, "black ink under a seal"),
            ([30, 30, 200], true, false, "blue letters"),
            ([250, 225, 230], false, false, "the seal of the other side shining through"),
            ([250, 250, 250], false, false, "paper"),
        ];
        for (pixel, black, red, why) in rows {
            let image = PageImage { width: 30, height: 30, dpi: 200.0, pixels: Pixels::Rgb(pixel.repeat(900)) };
            let layers = split(&image);
            assert_eq!(layers.black.is_ink(3, 3), black, "{why}");
            assert_eq!(layers.red.is_some(), red, "{why}");
        }
    }
}
