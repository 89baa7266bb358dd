//! How much the forms of a page draw, told before any of it is drawn.
//!
//! A form is a piece of a page that may be drawn many times and may draw others. Thirty forms that each draw the next
//! one twice make a small file and a thousand million drawings; the drawing itself cannot be stopped on its way.

use hayro_interpret::hayro_syntax::content::UntypedIter;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};

/// A page of a paper draws a few forms for its stamps and signatures, a map some thousand.
const MOST_DRAWN: usize = 20_000;
/// Bytes of instructions of all forms that a page draws, each as often as it is drawn.
const MOST_INSTRUCTIONS: usize = 64 * 1024 * 1024;
/// Forms in one another; the interpreter goes no deeper.
const DEEPEST: usize = 50;

/// Whether the forms of a page draw more than any page of a paper.
pub(super) fn are_too_many(page: &Page<'_>) -> bool {
    let mut forms = Forms::default();
    let content = if page.resources().x_objects.is_empty() { &[] } else { page.page_stream().unwrap_or_default() };
    !(forms.inside(content, page.resources(), 0) && stamps(page).all(|stamp| forms.draw(&stamp, page.resources(), 0)))
}

/// The appearances of stamps and fields, in every state that they may have.
fn stamps<'a>(page: &Page<'a>) -> impl Iterator<Item = Stream<'a>> + use<'a> {
    let notes = page.raw().get::<Array<'_>>(b"Annots".as_slice()).unwrap_or_default();
    let looks: Vec<Object<'_>> = notes
        .iter::<Dict<'_>>()
        .take(super::MOST_ANNOTATIONS)
        .filter_map(|note| note.get::<Dict<'_>>(b"AP".as_slice())?.get::<Object<'_>>(b"N".as_slice()))
        .collect();
    looks.into_iter().flat_map(|look| match look {
        Object::Stream(stream) => vec![stream],
        Object::Dict(states) => states.keys().filter_map(|state| states.get::<Stream<'_>>(state)).collect(),
        _ => Vec::new(),
    })
}

#[derive(Default)]
struct Forms {
    drawn: usize,
    instructions: usize,
}

impl Forms {
    /// Counts a form and what it draws; whether the page stays within the limits.
    fn draw<'a>(&mut self, form: &Stream<'a>, around: &Resources<'a>, depth: usize) -> bool {
        let Ok(content) = form.decoded_data() else { return true };
        self.drawn += 1;
        self.instructions += content.len();
        let own = form.dict().get::<Dict<'_>>(b"Resources".as_slice()).map(Resources::new);
        self.drawn <= MOST_DRAWN && self.instructions <= MOST_INSTRUCTIONS && self.inside(&content, own.as_ref().unwrap_or(around), depth + 1)
    }

    /// Counts what instructions draw.
    fn inside(&mut self, content: &[u8], resources: &Resources<'_>, depth: usize) -> bool {
        // Most forms draw no others.
        if depth > DEEPEST || resources.x_objects.is_empty() {
            return true;
        }
        let mut instructions = UntypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            if &instruction.operator[..] != b"Do" {
                continue;
            }
            let Some(Object::Name(name)) = instruction.operands().next() else { continue };
            let Some(form) = resources.get_x_object(name) else { continue };
            let is_form = form.dict().get::<Name<'_>>(b"Subtype".as_slice()).is_some_and(|s| &s[..] == b"Form");
            if is_form && !self.draw(&form, resources, depth) {
                return false;
            }
        }
        true
    }
}
