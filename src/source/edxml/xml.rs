//! The elements of a small XML document by their local names, whatever their namespaces.

use quick_xml::Reader;
use quick_xml::events::Event;

/// Elements of a message; those sent have some hundreds.
const MOST_ELEMENTS: usize = 50_000;
/// Elements in one another; those sent have about eight.
const DEEPEST: usize = 64;

/// An element: its local name in small letters, and its text.
#[derive(Debug)]
struct Element {
    name: String,
    parent: usize,
    text: String,
}

/// A document in the order of its start tags; the first element stands around all others.
#[derive(Debug)]
pub struct Xml {
    elements: Vec<Element>,
    namespaces: String,
    /// Why reading ended early.
    pub fault: Option<String>,
}

impl Xml {
    /// Reads as far as the document is sound.
    pub fn of(text: &str) -> Self {
        let mut xml = Self { elements: vec![Element { name: String::new(), parent: 0, text: String::new() }], namespaces: String::new(), fault: None };
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        reader.config_mut().allow_dangling_amp = true;
        let mut open = vec![0];
        loop {
            match reader.read_event() {
                Ok(Event::Eof) => break,
                Ok(event) => {
                    if let Err(fault) = xml.take(event, &mut open) {
                        xml.fault = Some(fault.to_owned());
                        break;
                    }
                }
                Err(e) => {
                    xml.fault = Some(e.to_string());
                    break;
                }
            }
        }
        if xml.fault.is_none() && open.len() > 1 {
            xml.fault = Some("it breaks off".to_owned());
        }
        for element in &mut xml.elements {
            let trimmed = element.text.trim();
            if trimmed.len() != element.text.len() {
                element.text = trimmed.to_owned();
            }
        }
        xml
    }

    fn take(&mut self, event: Event<'_>, open: &mut Vec<usize>) -> Result<(), &'static str> {
        let last = open.last().copied().unwrap_or(0);
        match event {
            Event::Start(tag) => {
                let at = self.element(&tag, last)?;
                if open.len() >= DEEPEST {
                    return Err("its elements stand too deep in one another");
                }
                open.push(at);
            }
            Event::Empty(tag) => {
                self.element(&tag, last)?;
            }
            Event::End(_) if open.len() > 1 => {
                open.pop();
            }
            Event::Text(text) => self.elements[last].text.push_str(&text),
            Event::CData(text) => self.elements[last].text.push_str(&text),
            Event::GeneralRef(name) => {
                let name: &str = &name;
                let text = &mut self.elements[last].text;
                match quick_xml::escape::unescape(&format!("&{name};")) {
                    Ok(resolved) => text.push_str(&resolved),
                    Err(_) => text.extend(["&", name, ";"]),
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn element(&mut self, tag: &quick_xml::events::BytesStart<'_>, parent: usize) -> Result<usize, &'static str> {
        if self.elements.len() >= MOST_ELEMENTS {
            return Err("it has too many elements");
        }
        if self.namespaces.len() < 4096 && tag.attributes_raw().contains("xmlns") {
            self.namespaces.push_str(&tag.attributes_raw().to_ascii_lowercase());
        }
        let name = tag.local_name().as_ref().to_ascii_lowercase();
        self.elements.push(Element { name, parent, text: String::new() });
        Ok(self.elements.len() - 1)
    }

    /// Whether a namespace with these words is declared.
    pub fn has_namespace(&self, words: &str) -> bool {
        self.namespaces.contains(words)
    }

    /// The text directly inside an element, without the blanks around it.
    pub fn text(&self, element: usize) -> &str {
        &self.elements[element].text
    }

    /// All elements of a name.
    pub fn all<'x>(&'x self, name: &'x str) -> impl Iterator<Item = usize> + 'x {
        (0..self.elements.len()).filter(move |&e| self.elements[e].name == name)
    }

    /// The first element of a name.
    pub fn first(&self, name: &str) -> Option<usize> {
        self.all(name).next()
    }

    /// The elements of a name directly inside another.
    pub fn children<'x>(&'x self, parent: usize, name: &'x str) -> impl Iterator<Item = usize> + 'x {
        self.all_below(parent, name).filter(move |&e| self.elements[e].parent == parent)
    }

    /// The first of them.
    pub fn child(&self, parent: usize, name: &str) -> Option<usize> {
        self.children(parent, name).next()
    }

    /// The elements of a name anywhere inside another.
    pub fn all_below<'x>(&'x self, parent: usize, name: &'x str) -> impl Iterator<Item = usize> + 'x {
        (parent + 1..self.elements.len()).take_while(move |&e| self.elements[e].parent >= parent).filter(move |&e| self.elements[e].name == name)
    }

    /// The first of them.
    pub fn below(&self, parent: usize, name: &str) -> Option<usize> {
        self.all_below(parent, name).next()
    }
}
