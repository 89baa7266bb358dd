//! edXML messages (QCVN 102:2016/BTTTT) and their dialect of the namespace `http://www.go.vn/eDoc`.
//!
//! Elements are told by their names alone: real messages declare wrong namespaces, leave them out, or set anything
//! before the XML.

mod xml;

use super::decode;
use super::envelope::{Envelope, Organisation, Reference, Status};
use super::flow::{Flow, Style};
use crate::error::{Error, Result};
use crate::text::Note;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use jiff::civil::Date;
use xml::Xml;

/// Bytes that may stand before the XML.
const MOST_JUNK: usize = 1024;
/// How far a message is looked at for the name of its root.
const SNIFF: usize = 8192;
/// Roots and first elements of messages.
const ROOTS: &[&str] = &["edxml", "edxmlenvelope", "edxmlheader", "edoc", "edocenvelope", "messageheader"];
/// A field of more characters is cut: no header field is a text.
const LONGEST_FIELD: usize = 20_000;

/// Attachments of one message.
const MOST_ATTACHMENTS: usize = 1000;

/// A message.
#[derive(Debug)]
pub struct Message {
    pub envelope: Envelope,
    pub attachments: Vec<Attachment>,
}

/// A file in a message.
#[derive(Debug)]
pub struct Attachment {
    pub name: String,
    pub bytes: Result<Vec<u8>>,
}

/// Whether bytes are a message, whatever stands before its XML.
pub fn is_message(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SNIFF)];
    // Text without a tag, as most papers are, needs no look at each character: that took 4 % of the reading of a paper.
    if memchr::memchr(b'<', head).is_none() {
        return false;
    }
    let head = String::from_utf8_lossy(head).replace('\0', "");
    let Some(start) = head.find('<').filter(|&i| i <= MOST_JUNK) else { return false };
    let tags = head[start..].split('<').skip(1).filter(|t| !t.starts_with(['?', '!', '/'])).take(4);
    tags.map(|t| t.split([' ', '>', '\t', '\r', '\n', '/']).next().unwrap_or_default())
        .any(|name| ROOTS.contains(&name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase().as_str()))
}

/// Opens a message.
///
/// # Errors
/// When it is in no known encoding.
pub fn open(bytes: &[u8]) -> Result<Message> {
    let text = characters(bytes)?;
    let start = text.find('<').unwrap_or(0);
    let xml = Xml::of(&text[start..]);
    let mut envelope = envelope(&xml);
    let junk = text[..start].trim_start_matches('\u{feff}').trim();
    if !junk.is_empty() {
        note(&mut envelope, "edxml-junk", format!("{} characters stand before the XML; left out", junk.chars().count()));
    }
    if let Some(fault) = &xml.fault {
        note(&mut envelope, "edxml-broken", format!("the XML is broken ({fault}); what stands before that was read"));
    }
    if envelope.standard == "edoc" {
        note(&mut envelope, "edxml-dialect", "the message is in the dialect of http://www.go.vn/eDoc".to_owned());
    } else if !xml.has_namespace("qcvn_102_2016") {
        note(
            &mut envelope,
            "edxml-namespace",
            "the message does not declare the namespace of QCVN 102:2016/BTTTT; read by the names of its elements".to_owned(),
        );
    }
    if let (Some(due), Some(date)) = (&envelope.due_date, &envelope.date)
        && due < date
    {
        let message = format!("DueDate {due} is before the paper's own date {date}");
        note(&mut envelope, "edxml-date", message);
    }
    let attachments = attachments(&xml);
    Ok(Message { envelope, attachments })
}

/// The text of a message that carries no paper: its subject, its content, or what it reports.
///
/// # Errors
/// When it says nothing.
pub fn read(message: &Message) -> Result<Flow> {
    let envelope = &message.envelope;
    let status = envelope.status.as_ref().and_then(|s| s.description.as_deref());
    let parts = [envelope.subject.as_deref(), envelope.content.as_deref(), envelope.business_reason.as_deref(), status];
    let mut flow = Flow::default();
    let mut empty = true;
    for line in parts.into_iter().flatten().flat_map(str::lines).map(str::trim).filter(|l| !l.is_empty()) {
        flow.run(line, Style::default());
        flow.end_paragraph();
        empty = false;
    }
    if empty {
        return Err(Error::new("the message has no attachment, subject or content", "leave it out"));
    }
    Ok(flow)
}

fn characters(bytes: &[u8]) -> Result<String> {
    if let Ok(decoded) = decode::decode(bytes) {
        return Ok(decoded.as_str().to_owned());
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(SNIFF)]).into_owned();
    let label = head.split("encoding=").nth(1).map(|l| l.trim_start_matches(['"', '\'']).split(['"', '\'', ' ', '?']).next().unwrap_or_default().to_owned());
    let encoding = label.and_then(|l| encoding_rs::Encoding::for_label(l.as_bytes()));
    match encoding {
        Some(encoding) => Ok(encoding.decode(bytes).0.into_owned()),
        None => Err(Error::new("the message is in no encoding that is read", "ask the sender for it in UTF-8")),
    }
}

fn note(envelope: &mut Envelope, rule: &'static str, message: String) {
    envelope.notes.push(Note { rule, message, span: None });
}

fn field(xml: &Xml, within: usize, names: &[&str]) -> Option<String> {
    let text = names.iter().find_map(|name| xml.below(within, name).map(|e| xml.text(e)).filter(|t| !t.is_empty()))?;
    Some(crate::text::head(text, LONGEST_FIELD).to_owned())
}

fn envelope(xml: &Xml) -> Envelope {
    let header = xml.first("messageheader").unwrap_or(0);
    let trace = xml.first("bussiness").or_else(|| xml.first("business"));
    let mut notes = Vec::new();
    let mut date = |of: usize, names: &[&str]| field(xml, of, names).and_then(|text| day(&text, names[0], &mut notes));
    let promulgation = xml.below(header, "promulgationinfo");
    let mut envelope = Envelope {
        standard: if xml.has_namespace("go.vn/edoc") { "edoc" } else { "qcvn-102-2016" },
        date: promulgation.and_then(|p| date(p, &["promulgationdate"])),
        due_date: date(header, &["duedate"]),
        responds_to: xml.all_below(header, "responsefor").map(|r| reference(xml, r, &mut date)).filter(|r| *r != Reference::default()).collect(),
        replaces: xml.all("replacementinfo").map(|r| reference(xml, r, &mut date)).filter(|r| *r != Reference::default()).collect(),
        status: field(xml, header, &["statuscode"]).map(|code| Status {
            description: field(xml, header, &["description"]).or_else(|| status_name(&code).map(str::to_owned)),
            date: date(header, &["timestamp"]),
            code,
        }),
        document_id: xml.child(header, "documentid").map(|e| xml.text(e).to_owned()).filter(|t| !t.is_empty()),
        place: promulgation.and_then(|p| field(xml, p, &["place"])),
        document_type: document_type(xml, header),
        subject: field(xml, header, &["subject"]),
        issuer: xml.child(header, "from").and_then(|o| organisation(xml, o)),
        to: xml.children(header, "to").filter_map(|o| organisation(xml, o)).collect(),
        to_places: xml
            .first("toplaces")
            .into_iter()
            .flat_map(|p| xml.all_below(p, "place"))
            .map(|e| xml.text(e).to_owned())
            .filter(|t| !t.is_empty())
            .collect(),
        steering_type: field(xml, header, &["steeringtype"]),
        urgency: field(xml, header, &["priority"]).and_then(|p| urgency(&p)),
        sphere: field(xml, header, &["sphereofpromulgation"]),
        business: trace.and_then(|t| field(xml, t, &["bussinessdoctype", "businessdoctype"])).and_then(|c| business(&c)),
        business_reason: trace.and_then(|t| field(xml, t, &["bussinessdocreason", "businessdocreason"])),
        ..Envelope::default()
    };
    if let Some(code) = xml.child(header, "code") {
        envelope.number = field(xml, code, &["codenumber"]);
        envelope.notation = field(xml, code, &["codenotation"]);
    }
    if let Some(signer) = xml.below(header, "signerinfo") {
        envelope.signer_competence = field(xml, signer, &["competence"]);
        envelope.signer_position = field(xml, signer, &["position"]);
        envelope.signer_name = field(xml, signer, &["fullname", "signer"]);
    }
    envelope.content = xml.child(header, "content").map(|e| xml.text(e).to_owned()).filter(|t| !t.is_empty() && Some(t) != envelope.subject.as_ref());
    envelope.notes = notes;
    envelope
}

fn document_type(xml: &Xml, header: usize) -> Option<String> {
    let element = xml.child(header, "documenttype")?;
    field(xml, element, &["typename"]).or_else(|| Some(xml.text(element).to_owned()).filter(|t| !t.is_empty()))
}

fn organisation(xml: &Xml, element: usize) -> Option<Organisation> {
    let name = field(xml, element, &["organname", "organizationincharge"]);
    let id = field(xml, element, &["organid"]);
    (name.is_some() || id.is_some()).then_some(Organisation { id, name })
}

fn reference(xml: &Xml, element: usize, date: &mut impl FnMut(usize, &[&str]) -> Option<String>) -> Reference {
    Reference {
        organisation: xml.child(element, "organid").map(|e| xml.text(e).to_owned()).filter(|t| !t.is_empty()),
        code: field(xml, element, &["code"]),
        document_id: field(xml, element, &["documentid"]),
        date: date(element, &["promulgationdate"]),
    }
}

/// A date of a message as EDTF: `2018/09/28`, `2018-09-28T00:00:00`, `28/09/2018`.
fn day(text: &str, name: &str, notes: &mut Vec<Note>) -> Option<String> {
    let digits: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|d| !d.is_empty()).take(3).collect();
    let number = |i: usize| digits.get(i).and_then(|d| d.parse::<i16>().ok());
    let (year, month, day) = match digits.first()?.len() {
        4 => (number(0), number(1), number(2)),
        _ => (number(2), number(1), number(0)),
    };
    let small = |n: Option<i16>| n.and_then(|n| i8::try_from(n).ok());
    let date = year.zip(small(month)).zip(small(day)).and_then(|((y, m), d)| Date::new(y, m, d).ok()).filter(|d| d.year() > 1900);
    if date.is_none() {
        notes.push(Note { rule: "edxml-date", message: format!("{name} is {text:?}, which is no date; left out"), span: None });
    }
    date.map(|d| d.to_string())
}

fn urgency(priority: &str) -> Option<&'static str> {
    match priority.trim() {
        "1" => Some("khẩn"),
        "2" => Some("thượng khẩn"),
        // 4 is hỏa tốc with an hour set.
        "3" | "4" => Some("hỏa tốc"),
        _ => None,
    }
}

fn business(code: &str) -> Option<&'static str> {
    match code.trim() {
        "0" => Some("new"),
        "1" => Some("revocation"),
        "2" => Some("update"),
        "3" => Some("replacement"),
        _ => None,
    }
}

fn status_name(code: &str) -> Option<&'static str> {
    const NAMES: &[(&str, &str)] = &[
        ("01", "Đã đến"),
        ("02", "Từ chối tiếp nhận"),
        ("03", "Đã tiếp nhận"),
        ("04", "Phân công xử lý"),
        ("05", "Đang xử lý"),
        ("06", "Hoàn thành"),
        ("13", "Lấy lại văn bản"),
        ("15", "Đồng ý cập nhật, lấy lại"),
        ("16", "Từ chối cập nhật, lấy lại"),
    ];
    NAMES.iter().find(|(c, _)| *c == code.trim()).map(|(_, name)| *name)
}

fn attachments(xml: &Xml) -> Vec<Attachment> {
    let mut attachments: Vec<Attachment> = Vec::new();
    for element in xml.all("attachment").take(MOST_ATTACHMENTS) {
        let content = ["contenttransferencoded", "content", "attachmentcontent", "data"].iter().find_map(|name| xml.child(element, name));
        let Some(content) = content else { continue };
        let id = field(xml, element, &["contentid"]);
        let listed = || {
            let same = |r: &usize| field(xml, *r, &["contentid"]).is_some_and(|c| Some(bare_id(&c)) == id.as_deref().map(bare_id));
            xml.all("reference").find(same).and_then(|r| field(xml, r, &["attachmentname", "filename", "description"]))
        };
        let name = field(xml, element, &["attachmentname", "filename"]).or_else(listed).or_else(|| field(xml, element, &["description"]));
        let name = name.unwrap_or_else(|| format!("attachment-{}", attachments.len() + 1));
        attachments.push(Attachment { name, bytes: unpack(xml.text(content)) });
    }
    attachments
}

fn bare_id(id: &str) -> &str {
    id.trim().trim_start_matches("cid:").trim_matches(['<', '>'])
}

fn unpack(text: &str) -> Result<Vec<u8>> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent).with_decode_allow_trailing_bits(true),
    );
    let compact: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    if compact.is_empty() {
        return Err(Error::new("the attachment has no content", "ask the sender for it"));
    }
    LENIENT.decode(compact).map_err(|e| Error::new(format!("the attachment is no Base64 ({e})"), "ask the sender for it again"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(header: &str) -> Message {
        let xml = format!(
            "<?xml version=\"1.0\"?><edXML xmlns=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\"><e:MessageHeader xmlns:e=\"x\">{header}</e:MessageHeader></edXML>"
        );
        open(xml.as_bytes()).unwrap()
    }

    #[test]
    fn messages_are_told_from_other_text() {
        let rows = [
            ("<?xml version=\"1.0\"?>\n<edXML xmlns=\"x\">", true, "the standard"),
            ("junk\n<?xml version=\"1.0\"?><!-- a --><x:edXMLEnvelope>", true, "junk, a remark and a prefix"),
            ("<EdXMLEnvelope xmlns=\"http://www.go.vn/eDoc\">", true, "the dialect"),
            ("<html><body>edXML</body></html>", false, "a page about it"),
            ("Mẫu thông điệp edXML", false, "text without tags"),
        ];
        for (text, want, why) in rows {
            assert_eq!(is_message(text.as_bytes()), want, "{why}");
        }
    }

    #[test]
    fn dates_are_checked() {
        let rows = [
            ("2018/09/28", Some("2018-09-28")),
            ("2018-09-28T07:00:00", Some("2018-09-28")),
            ("28/09/2018", Some("2018-09-28")),
            ("2014/02/30", None),
            ("0001-01-01", None),
            ("hôm nay", None),
            ("99999999999/1/1", None),
        ];
        for (text, want) in rows {
            let envelope = message(&format!("<DueDate>{text}</DueDate>")).envelope;
            assert_eq!(envelope.due_date.as_deref(), want, "{text}");
            let noted = envelope.notes.iter().any(|n| n.rule == "edxml-date");
            assert_eq!(noted, want.is_none() && text.contains(char::is_numeric), "{text}");
        }
    }

    #[test]
    fn a_header_is_read_by_the_names_of_its_elements() {
        let envelope = message(
            "<e:From><e:OrganId>000.00.01.H01</e:OrganId><e:OrganName>Sở A &amp; B</e:OrganName></e:From><To><OrganId>1</OrganId></To><To><OrganName>Sở C</OrganName></To>\
             <DocumentId>id-1</DocumentId><e:Code><e:CodeNumber>12</e:CodeNumber><CodeNotation>SA-VP</CodeNotation></e:Code>\
             <PromulgationInfo><Place>Hà Nội</Place><PromulgationDate>2021/05/04</PromulgationDate></PromulgationInfo><DocumentType><Type>1</Type><TypeName>Công văn</TypeName></DocumentType>\
             <Subject>V/v họp</Subject><Content>V/v họp</Content><SignerInfo><Competence>KT.</Competence><Position>Phó Giám đốc</Position><FullName>Lê Văn A</FullName></SignerInfo>\
             <OtherInfo><Priority>2</Priority></OtherInfo><ResponseFor><OrganId>2</OrganId><Code>7/UBND-VX</Code><DocumentId>id-0</DocumentId></ResponseFor><ResponseFor><Code/></ResponseFor>\
             <ToPlaces><Place>Các sở</Place></ToPlaces>",
        )
        .envelope;
        assert_eq!(envelope.code().as_deref(), Some("12/SA-VP"));
        assert_eq!(envelope.issuer.unwrap().name.as_deref(), Some("Sở A & B"));
        assert_eq!((envelope.to.len(), envelope.to_places.len(), envelope.responds_to.len()), (2, 1, 1));
        assert_eq!(envelope.document_id.as_deref(), Some("id-1"), "not that of the paper it answers");
        assert_eq!((envelope.place.as_deref(), envelope.urgency, envelope.content), (Some("Hà Nội"), Some("thượng khẩn"), None));
    }

    #[test]
    fn a_message_of_the_dialect_and_broken_ones_are_read() {
        let dialect = "rác <EdXMLEnvelope xmlns=\"http://www.go.vn/eDoc\"><MessageHeader><Subject>Họp</Subject><DocumentType>Giấy mời</DocumentType><SignerInfo><Signer>Lê A</Signer></SignerInfo></MessageHeader>\
            <Manifest><Attachment><Content>U+G7kQ==</Content><FileName>a.txt</FileName></Attachment><Attachment><Content>###</Content></Attachment><Attachment><Content></Content></Attachment></Manifest><cut";
        let message = open(dialect.as_bytes()).unwrap();
        let rules: Vec<&str> = message.envelope.notes.iter().map(|n| n.rule).collect();
        assert_eq!(rules, ["edxml-junk", "edxml-broken", "edxml-dialect"]);
        assert_eq!(message.envelope.document_type.as_deref(), Some("Giấy mời"));
        let found: Vec<(&str, bool)> = message.attachments.iter().map(|a| (a.name.as_str(), a.bytes.is_ok())).collect();
        assert_eq!(found, [("a.txt", true), ("attachment-2", false), ("attachment-3", false)]);
    }
}
