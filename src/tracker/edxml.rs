//! An edXML message (QCVN 102:2016/BTTTT) around a paper, as offices send them over the national axis (Trục liên thông
//! văn bản quốc gia).
//!
//! What the paper does not say and nobody gave is left out. The message is not signed: that is the sending office's.

use crate::error::{Error, Result};
use crate::export::{DocumentRecord, EnvelopeRecord, OrganisationRecord, ReferenceRecord};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

const NAMESPACE: &str = "http://www.mic.gov.vn/TBT/QCVN_102_2016";

/// What the sender adds to what the paper says.
#[derive(Debug, Clone, Default)]
pub struct Sending {
    /// Mã định danh of the sender.
    pub from: Option<String>,
    /// Who receives it.
    pub to: Vec<OrganisationRecord>,
    /// Hạn trả lời.
    pub due: Option<Date>,
}

/// The message of a paper whose file is attached.
///
/// # Errors
/// When the paper has no number or no date: a message is told by them.
pub fn message(record: &DocumentRecord, file: &[u8], sending: &Sending) -> Result<Vec<u8>> {
    let lacks = |what: &str| Error::new(format!("a message needs the paper's {what}, which is blank or was not found"), "number and date the paper first");
    let header = &record.header;
    let code = header.code.as_ref().filter(|c| c.number.is_some()).ok_or_else(|| lacks("number"))?;
    let date = header.date.as_ref().filter(|d| d.precision == "day").map(|d| d.value.replace('-', "/")).ok_or_else(|| lacks("date"))?;
    let received = record.envelope.as_ref();
    let from = sending.from.clone().or_else(|| received.and_then(|e| e.issuer.as_ref()?.id.clone()));
    let own_id = [from.clone().unwrap_or_default(), date.clone(), code.text.clone()].join(",");
    let id = received.and_then(|e| e.document_id.clone()).unwrap_or(own_id);
    let mut xml = Xml::new();
    xml.write(|x| {
        x.within("edXML:From", |x| {
            x.leaf("edXML:OrganId", from.as_deref());
            x.leaf("edXML:OrganName", header.issuer.as_ref().map(|i| i.name.as_str()));
        });
        recipients(record, sending).iter().for_each(|o| organisation(x, "edXML:To", o));
        x.leaf("edXML:DocumentId", Some(&id));
        x.within("edXML:Code", |x| {
            x.leaf("edXML:CodeNumber", code.number.as_deref());
            // The year stands between number and symbol in laws: "12/2021/TT-BTC".
            let year = code.year.map(|y| format!("{y}/")).unwrap_or_default();
            x.leaf("edXML:CodeNotation", Some(&format!("{year}{}", code.notation)));
        });
        x.within("edXML:PromulgationInfo", |x| {
            x.leaf("edXML:Place", header.place.as_deref());
            x.leaf("edXML:PromulgationDate", Some(&date));
        });
        x.within("edXML:DocumentType", |x| x.leaf("edXML:TypeName", header.document_type.as_ref().map(|t| t.name.as_str())));
        x.leaf("edXML:Subject", header.subject.as_deref());
        x.leaf("edXML:Content", header.subject.as_deref());
        x.within("edXML:SignerInfo", |x| {
            let signer = header.signer.as_ref();
            x.leaf("edXML:Competence", signer.and_then(|s| s.authority.as_deref()));
            x.leaf("edXML:Position", signer.and_then(|s| s.position.as_deref()));
            x.leaf("edXML:FullName", signer.and_then(|s| s.name.as_deref()));
        });
        x.leaf("edXML:DueDate", due(record, sending).map(|d| d.replace('-', "/")).as_deref());
        x.within("edXML:OtherInfo", |x| {
            x.leaf("edXML:Priority", Some(priority(header.urgency.as_deref())));
            x.leaf("edXML:SphereOfPromulgation", received.and_then(|e| e.sphere.as_deref()));
            x.leaf("edXML:PageAmount", record.source.pages.map(|p| p.to_string()).as_deref());
        });
        x.leaf("edXML:SteeringType", received.and_then(|e| e.steering_type.as_deref()));
        answered(record).iter().for_each(|r| reference(x, r));
        x.within("edXML:ToPlaces", |x| header.recipients.iter().for_each(|r| x.leaf("edXML:Place", Some(&r.text))));
    });
    xml.trace(from.as_deref(), &id, &date, received);
    xml.attach(&file_name(&record.source.path), media_type(&record.source.format), file);
    xml.finish()
}

fn recipients(record: &DocumentRecord, sending: &Sending) -> Vec<OrganisationRecord> {
    match (&sending.to[..], &record.envelope) {
        ([], Some(e)) if !e.to.is_empty() => e.to.clone(),
        ([], _) => record.header.addressees.iter().map(|a| OrganisationRecord { id: None, name: Some(a.text.clone()) }).collect(),
        (to, _) => to.to_vec(),
    }
}

/// The day of answer: as given, as the received message has it, or the one day by which every dated duty is due.
fn due(record: &DocumentRecord, sending: &Sending) -> Option<String> {
    let received = || record.envelope.as_ref()?.due_date.clone();
    let shared = || {
        let mut days = record.tasks.iter().filter_map(|t| t.deadline.as_ref()?.due.clone());
        let first = days.next()?;
        days.all(|d| d == first).then_some(first)
    };
    sending.due.map(|d| d.to_string()).or_else(received).or_else(shared)
}

/// The papers that this one answers: as the received message has them, or as it says itself.
fn answered(record: &DocumentRecord) -> Vec<ReferenceRecord> {
    if let Some(e) = record.envelope.as_ref().filter(|e| !e.responds_to.is_empty()) {
        return e.responds_to.clone();
    }
    let mut answered: Vec<ReferenceRecord> = Vec::new();
    for relation in record.relations.iter().filter(|r| r.source == "self" && r.r#type == "responds_to") {
        let Some(citation) = record.citations.iter().find(|c| c.id == relation.target) else { continue };
        let Some(code) = citation.code.as_ref().filter(|c| c.number.is_some()) else { continue };
        let date = citation.date.as_ref().filter(|d| d.precision == "day").map(|d| d.value.clone());
        if answered.iter().all(|r| r.code.as_ref() != Some(&code.text)) {
            answered.push(ReferenceRecord { organisation: None, code: Some(code.text.clone()), document_id: None, date });
        }
    }
    answered
}

/// Độ khẩn: 0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc.
fn priority(urgency: Option<&str>) -> &'static str {
    match urgency {
        Some("khẩn") => "1",
        Some("thượng khẩn") => "2",
        Some("hỏa tốc") => "3",
        _ => "0",
    }
}

fn organisation(xml: &mut Xml, name: &str, organisation: &OrganisationRecord) {
    xml.within(name, |x| {
        x.leaf("edXML:OrganId", organisation.id.as_deref());
        x.leaf("edXML:OrganName", organisation.name.as_deref());
    });
}

fn reference(xml: &mut Xml, reference: &ReferenceRecord) {
    xml.within("edXML:ResponseFor", |x| {
        x.leaf("edXML:OrganId", reference.organisation.as_deref());
        x.leaf("edXML:Code", reference.code.as_deref());
        x.leaf("edXML:PromulgationDate", reference.date.as_deref().map(|d| d.replace('-', "/")).as_deref());
        x.leaf("edXML:DocumentId", reference.document_id.as_deref());
    });
}

fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\', '!']).next().unwrap_or(path).to_owned()
}

fn media_type(format: &str) -> &'static str {
    match format {
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "doc" => "application/msword",
        "pdf" => "application/pdf",
        "odt" => "application/vnd.oasis.opendocument.text",
        "rtf" => "application/rtf",
        "html" => "text/html",
        "txt" => "text/plain",
        _ => "application/octet-stream",
    }
}

/// XML that is being written; the first failure ends it.
struct Xml {
    writer: Writer<Vec<u8>>,
    fault: Option<std::io::Error>,
}

impl Xml {
    fn new() -> Self {
        let mut xml = Self { writer: Writer::new_with_indent(Vec::new(), b' ', 2), fault: None };
        xml.put(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.put(Event::Start(BytesStart::new("edXML").with_attributes([("xmlns", NAMESPACE)])));
        xml.put(Event::Start(BytesStart::new("edXML:edXMLEnvelope").with_attributes([("xmlns:edXML", NAMESPACE)])));
        xml.put(Event::Start(BytesStart::new("edXML:edXMLHeader")));
        xml
    }

    fn put(&mut self, event: Event) {
        if self.fault.is_none() {
            self.fault = self.writer.write_event(event).err();
        }
    }

    /// The header of the message.
    fn write(&mut self, fields: impl FnOnce(&mut Self)) {
        self.within("edXML:MessageHeader", fields);
    }

    fn within(&mut self, name: &str, inner: impl FnOnce(&mut Self)) {
        self.put(Event::Start(BytesStart::new(name)));
        inner(self);
        self.put(Event::End(BytesEnd::new(name)));
    }

    fn leaf(&mut self, name: &str, text: Option<&str>) {
        let Some(text) = text.filter(|t| !t.is_empty()) else { return };
        // XML 1.0 has no place for control characters.
        let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        self.within(name, |x| x.put(Event::Text(BytesText::new(&text))));
    }

    /// The way of the message, and what it does: a new paper.
    fn trace(&mut self, from: Option<&str>, id: &str, date: &str, received: Option<&EnvelopeRecord>) {
        let business = match received.and_then(|e| e.business.as_deref()) {
            Some("revocation") => "1",
            Some("update") => "2",
            Some("replacement") => "3",
            _ => "0",
        };
        self.within("edXML:TraceHeaderList", |x| {
            x.within("edXML:TraceHeader", |x| {
                x.leaf("edXML:OrganId", from);
                x.leaf("edXML:Timestamp", Some(&format!("{date} 00:00:00")));
            });
            x.within("edXML:Bussiness", |x| {
                x.leaf("edXML:DocumentId", Some(id));
                x.leaf("edXML:BussinessDocType", Some(business));
                x.leaf("edXML:BussinessDocReason", Some(received.and_then(|e| e.business_reason.as_deref()).unwrap_or("Văn bản điện tử mới")));
                x.leaf("edXML:Paper", Some("0"));
            });
        });
        self.put(Event::End(BytesEnd::new("edXML:edXMLHeader")));
    }

    fn attach(&mut self, name: &str, media_type: &str, file: &[u8]) {
        self.within("edXML:edXMLBody", |x| {
            x.within("edXML:edXMLManifest", |x| x.within("edXML:Reference", |x| listed(x, "edXML:", name, media_type)));
        });
        self.put(Event::End(BytesEnd::new("edXML:edXMLEnvelope")));
        self.within("AttachmentEncoded", |x| {
            x.within("Attachment", |x| {
                listed(x, "", name, media_type);
                x.put(Event::Start(BytesStart::new("edXML:ContentTransferEncoded").with_attributes([("xmlns:edXML", NAMESPACE)])));
                x.put(Event::Text(BytesText::from_escaped(STANDARD.encode(file))));
                x.put(Event::End(BytesEnd::new("edXML:ContentTransferEncoded")));
            });
        });
    }

    fn finish(mut self) -> Result<Vec<u8>> {
        self.put(Event::End(BytesEnd::new("edXML")));
        match self.fault {
            Some(e) => Err(Error::new(format!("the message cannot be written ({e})"), "report this as a fault of the program")),
            None => Ok(self.writer.into_inner()),
        }
    }
}

/// What the manifest and the attachment say alike.
fn listed(xml: &mut Xml, prefix: &str, name: &str, media_type: &str) {
    xml.leaf(&format!("{prefix}ContentId"), Some("cid:1"));
    xml.leaf(&format!("{prefix}ContentType"), Some(media_type));
    xml.leaf(&format!("{prefix}Description"), Some(name));
    xml.leaf(&format!("{prefix}AttachmentName"), Some(name));
}
