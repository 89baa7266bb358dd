//! E-mail messages (RFC 5322) and pages that a browser saved as one file (MHTML).

use super::flow::Flow;
use super::{decode, html, plain};
use crate::error::{Error, Result};
use crate::text::{Note, Text, fold, head};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

/// How far a message's head is looked at.
const SNIFF: usize = 16_384;
/// Messages in one another; each is taken apart by a call inside the call for the one around it.
const MOST_NESTED: usize = 100;
/// Attachments of one message.
const MOST_ATTACHMENTS: usize = 10_000;

/// Fields that every message has some of.
const FIELDS: &[&str] = &[
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "received",
    "return-path",
    "delivered-to",
    "reply-to",
    "content-type",
    "x-mailer",
    "x-mozilla-status",
    "dkim-signature",
    "authentication-results",
    "x-priority",
    "content-transfer-encoding",
    "x-received",
    "arc-seal",
    "x-mimeole",
    "snapshot-content-location",
    "references",
    "in-reply-to",
    "sender",
];

/// Kinds of attachments that hold no paper: signatures, calendars, cards.
const NO_PAPER: &[(&str, &str)] = &[
    ("application", "pkcs7-signature"),
    ("application", "x-pkcs7-signature"),
    ("application", "pgp-signature"),
    ("application", "pgp-keys"),
    ("text", "calendar"),
    ("text", "vcard"),
    ("text", "x-vcard"),
    ("message", "delivery-status"),
    ("message", "disposition-notification"),
];

/// A message taken apart.
#[derive(Debug)]
pub struct Mail {
    body: Option<Body>,
    /// Whether the body reads as a paper.
    pub body_is_paper: bool,
    pub attachments: Vec<(String, Vec<u8>)>,
    /// Whether a browser saved a page this way.
    pub is_page: bool,
    pub notes: Vec<Note>,
}

#[derive(Debug)]
struct Body {
    text: String,
    is_page: bool,
    encoding: Option<&'static str>,
}

/// A body that was read.
pub struct BodyText {
    pub text: Text,
    pub encoding: Option<&'static str>,
}

/// Whether bytes are a message: at least two fields of messages in the lines before the first empty one.
pub fn is_mail(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SNIFF)];
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let mut fields = 0;
    for (i, line) in head.split(|&b| b == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if i == 0 && line.starts_with(b"From ") || matches!(line.first(), Some(b' ' | b'\t')) {
            continue;
        }
        let Some(colon) = line.iter().position(|&b| b == b':') else { break };
        let name = &line[..colon];
        if name.is_empty() || !name.iter().all(|b| b.is_ascii_graphic()) {
            break;
        }
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        fields += usize::from(FIELDS.contains(&name.as_str()));
        // Nothing that only looks like a list of words is a message.
        if i > 2 && fields == 0 {
            break;
        }
    }
    fields >= 2
}

/// Takes a message apart.
///
/// # Errors
/// When it cannot be told into its parts.
pub fn open(bytes: &[u8]) -> Result<Mail> {
    let broken = || Error::new("the e-mail message cannot be taken apart", "save it again from the mail program, or pass its attachments");
    if nested(bytes) > MOST_NESTED {
        return Err(Error::new(format!("more than {MOST_NESTED} messages stand in one another"), "pass the inner ones alone"));
    }
    let message = MessageParser::default().parse(bytes).ok_or_else(broken)?;
    let is_page = is_saved_page(&message);
    let body = body(&message);
    let body_is_paper = body.as_ref().is_some_and(|b| is_paper(&b.text));
    let has_page = message.html_bodies().any(|p| matches!(p.body, PartType::Html(_)));
    let mut mail = Mail { body, body_is_paper, attachments: Vec::new(), is_page, notes: Vec::new() };
    if !is_page {
        for part in message.attachments().take(MOST_ATTACHMENTS) {
            mail.attach(part, has_page);
        }
    }
    Ok(mail)
}

fn nested(bytes: &[u8]) -> usize {
    let small = memchr::memmem::find_iter(bytes, b"essage/").count();
    small + memchr::memmem::find_iter(bytes, b"ESSAGE/").count()
}

fn is_saved_page(message: &Message) -> bool {
    let related = message.root_part().is_content_type("multipart", "related") || message.root_part().is_content_type("text", "html");
    let sender = message.from().and_then(|f| f.first()).map(|a| format!("{:?}", (a.name(), a.address()))).unwrap_or_default();
    let saved = sender.is_empty() || sender.contains("Saved by") || message.header("Snapshot-Content-Location").is_some();
    related && saved
}

/// The plain body, unless only the page reads as a paper.
fn body(message: &Message) -> Option<Body> {
    let part = |part: &MessagePart| {
        let charset = part.content_type().and_then(|c| c.attribute("charset")).and_then(|c| encoding_rs::Encoding::for_label(c.as_bytes()));
        let encoding = charset.map(|e| if e == encoding_rs::UTF_8 { "utf-8" } else { e.name() });
        match &part.body {
            PartType::Text(text) => Some(Body { text: text.clone().into_owned(), is_page: false, encoding }),
            PartType::Html(page) => Some(Body { text: page.clone().into_owned(), is_page: true, encoding }),
            _ => None,
        }
    };
    let has_text = |b: &Body| !b.text.trim().is_empty();
    let plain = message.text_bodies().filter_map(part).find(|b| !b.is_page && has_text(b));
    let page = message.html_bodies().filter_map(part).find(|b| b.is_page && has_text(b));
    match (plain, page) {
        (Some(plain), Some(page)) => Some(if is_paper(&page.text) && !is_paper(&plain.text) { page } else { plain }),
        (plain, page) => plain.or(page),
    }
}

/// Whether a body holds a paper, and not only the words that go with one.
fn is_paper(body: &str) -> bool {
    const MARKS: &[&str] = &["cộng hòa xã hội chủ nghĩa việt nam", "đảng cộng sản việt nam", "độc lập - tự do - hạnh phúc", "nơi nhận:", "căn cứ ", "\nđiều 1"];
    let folded = fold(head(body, 200_000));
    MARKS.iter().filter(|m| folded.contains(**m)).count() >= 2
}

impl Mail {
    fn attach(&mut self, part: &MessagePart, has_page: bool) {
        let kind = part.content_type().map(|c| (c.ctype().to_ascii_lowercase(), c.subtype().unwrap_or_default().to_ascii_lowercase()));
        let is = |t: &str, s: &str| kind.as_ref().is_some_and(|(a, b)| a == t && (s.is_empty() || b == s));
        if NO_PAPER.iter().any(|(t, s)| is(t, s)) {
            return;
        }
        let name = part.attachment_name().map(str::trim).filter(|n| !n.is_empty());
        if name.is_some_and(|n| n.eq_ignore_ascii_case("winmail.dat")) || is("application", "ms-tnef") {
            let message = "winmail.dat holds what Outlook did not send as attachments; it is not read: ask for the message in another format";
            self.notes.push(Note { rule: "mail-winmail", message: message.to_owned(), span: None });
            return;
        }
        // Pictures that the page of the body shows are its letterhead and logos.
        let shown = part.content_id().is_some() || part.content_disposition().is_some_and(|d| d.is_inline());
        if is("image", "") && has_page && shown {
            return;
        }
        let bytes = match &part.body {
            PartType::Message(inner) => inner.raw_message().to_vec(),
            PartType::Text(text) | PartType::Html(text) => text.as_bytes().to_vec(),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.to_vec(),
            PartType::Multipart(_) => return,
        };
        let inner = match &part.body {
            PartType::Message(inner) => inner.subject().map(|s| format!("{s}.eml")),
            _ => None,
        };
        let name = name.map(str::to_owned).or(inner).unwrap_or_else(|| format!("attachment-{}", self.attachments.len() + 1));
        if !bytes.iter().all(u8::is_ascii_whitespace) {
            self.attachments.push((name, bytes));
        }
    }

    /// The text of the body.
    ///
    /// # Errors
    /// When there is none.
    pub fn read(self) -> Result<BodyText> {
        let none = || Error::new("the e-mail message has no text", "pass its attachments");
        let body = self.body.ok_or_else(none)?;
        let flow = if body.is_page { html::read_page(&body.text)? } else { Flow::default() };
        if body.is_page {
            let mut flow = flow;
            self.notes.into_iter().for_each(|n| flow.note(n.rule, n.message));
            let (text, legacy, _) = flow.write()?;
            return Ok(BodyText { text, encoding: legacy.or(body.encoding) });
        }
        let mut decoded = decode::decode(body.text.as_bytes())?;
        decoded.add_notes(self.notes);
        let (text, _) = plain::read(decoded);
        Ok(BodyText { text, encoding: body.encoding })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_from_papers() {
        let rows = [
            ("From: a@b.vn\r\nSubject: x\r\n\r\nbody", true, "two fields"),
            ("Received: from x\r\n\tby y; date\r\nMIME-Version: 1.0\n\n", true, "a field over two lines"),
            ("From a@b Mon\nTo: x\nDate: y\n", true, "the line of a mailbox"),
            ("Kính gửi: Sở A\nSubject: x\nFrom: y\n", false, "no field comes first"),
            ("Số: 12/UBND\nTo: x\nDate: 1\n", false, "a number line"),
            ("Subject: một dòng\nVăn bản", false, "one field is too few"),
        ];
        for (text, want, why) in rows {
            assert_eq!(is_mail(text.as_bytes()), want, "{why}");
        }
    }

    #[test]
    fn parts_are_taken_apart() {
        let mail = open(
            b"From: a@b.vn\r\nSubject: =?UTF-8?B?SOG7jXA=?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nK=C3=ADnh g=E1=BB=ADi =\r\nanh\r\n--b\r\nContent-Type: application/pdf; name=\"=?UTF-8?Q?K=E1=BA=BF_ho=E1=BA=A1ch.pdf?=\"\r\n\
            Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\nJVBERi0=\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename*=UTF-8''C%C3%B4ng%20v%C4%83n.txt\r\n\r\nabc\r\n\
            --b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Disposition: attachment\r\n\r\nxx\r\n--b--\r\n",
        )
        .unwrap();
        let names: Vec<&str> = mail.attachments.iter().map(|a| a.0.as_str()).collect();
        assert_eq!(names, ["Kế hoạch.pdf", "Công văn.txt"]);
        assert_eq!(mail.attachments[0].1, b"%PDF-");
        assert!(!mail.body_is_paper);
        let body = mail.read().unwrap();
        assert_eq!(body.text.as_str(), "Kính gửi anh\n");
        assert_eq!(body.text.notes()[0].rule, "mail-winmail");
    }

    #[test]
    fn a_page_saved_as_one_file_is_its_page() {
        let mail = open(
            b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.vn/\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=b\r\n\r\n\
            --b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p class=3Dx>S=E1=BB=91</p></body></html>\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n",
        )
        .unwrap();
        assert!(mail.is_page && mail.attachments.is_empty());
        assert_eq!(mail.read().unwrap().text.as_str(), "Số\n");
    }
}
