//! What a message around a paper says about it: the header of edXML (QCVN 102:2016/BTTTT), as far as it is of use
//! beside the paper's own letterhead.

use crate::text::Note;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// A word of one of our lists.
pub type Word = &'static str;

/// An office as messages name it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Mã định danh, such as `000.00.00.G22`.
    pub id: Option<String>,
    /// Name.
    pub name: Option<String>,
}

/// A paper that a message answers or replaces.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Mã định danh of its issuer.
    pub organisation: Option<String>,
    /// Number and symbol.
    pub code: Option<String>,
    /// Identifier of the message that carried it.
    pub document_id: Option<String>,
    /// Its date, EDTF.
    pub date: Option<String>,
}

/// Where a paper stands at its recipient's (QCVN 102:2016, trạng thái xử lý).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Two digits: `01` đã đến, `02` từ chối, `03` đã tiếp nhận, `04` phân công, `05` đang xử lý, `06` hoàn thành …
    pub code: String,
    /// In words.
    pub description: Option<String>,
    /// When, EDTF.
    pub date: Option<String>,
}

/// The header of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// `qcvn-102-2016` or `edoc`, by its namespace.
    #[serde(deserialize_with = "word")]
    pub standard: Word,
    /// Identifier of the message.
    pub document_id: Option<String>,
    /// Số.
    pub number: Option<String>,
    /// Ký hiệu.
    pub notation: Option<String>,
    /// Địa danh.
    pub place: Option<String>,
    /// Date of the paper, EDTF.
    pub date: Option<String>,
    /// Name of the document type.
    pub document_type: Option<String>,
    /// Trích yếu.
    pub subject: Option<String>,
    /// Nội dung, where it says more than the subject.
    pub content: Option<String>,
    /// Who issued it.
    pub issuer: Option<Organisation>,
    /// "TL. BỘ TRƯỞNG", with the words behind the abbreviation where they are given.
    pub signer_competence: Option<String>,
    /// Chức vụ.
    pub signer_position: Option<String>,
    /// Họ tên.
    pub signer_name: Option<String>,
    /// Hạn trả lời, EDTF. It is the message's, not any duty's.
    pub due_date: Option<String>,
    /// The offices that the message was sent to.
    pub to: Vec<Organisation>,
    /// Nơi nhận, as the message lists it.
    pub to_places: Vec<String>,
    /// The papers that this one answers.
    pub responds_to: Vec<Reference>,
    /// The papers that this one takes the place of.
    pub replaces: Vec<Reference>,
    /// Loại văn bản chỉ đạo, as the message codes it.
    pub steering_type: Option<String>,
    /// Độ khẩn in words; `None` where the message says thường or nothing.
    #[serde(deserialize_with = "word_if_any")]
    pub urgency: Option<Word>,
    /// Phạm vi lưu hành.
    pub sphere: Option<String>,
    /// What the message does: `new`, `revocation`, `update` or `replacement`.
    #[serde(deserialize_with = "word_if_any")]
    pub business: Option<Word>,
    /// Why, in words.
    pub business_reason: Option<String>,
    /// Set in messages that report on a paper instead of carrying one.
    pub status: Option<Status>,
    /// What is odd about the message.
    #[serde(with = "notes")]
    pub notes: Vec<Note>,
}

impl Envelope {
    /// Number and symbol as they are printed: 12/SYT-VP, 12/2021/TT-BTC; 61-CT/TW with the Party, whose symbols hold a
    /// slash themselves.
    pub fn code(&self) -> Option<String> {
        let notation = self.notation.as_deref().filter(|n| !n.is_empty())?;
        let is_party = notation.contains('/') && !notation.starts_with(|c: char| c.is_ascii_digit());
        Some(format!("{}{}{notation}", self.number.as_deref().unwrap_or_default(), if is_party { '-' } else { '/' }))
    }
}

/// A word of one of our own lists, as another process of this program sent it.
fn word<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    Ok(kept(String::deserialize(from)?))
}

fn word_if_any<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Word>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.map(kept))
}

/// Keeps a word for as long as the program runs. There are no more than our lists and tables of notes have.
fn kept(word: String) -> Word {
    static WORDS: Mutex<BTreeSet<Word>> = Mutex::new(BTreeSet::new());
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    words.get(word.as_str()).copied().unwrap_or_else(|| {
        let word: Word = word.leak();
        words.insert(word);
        word
    })
}

/// Notes about a message on their way between two processes of this program. They have no place in any text.
pub mod notes {
    use super::{Note, kept};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes kind and message of each.
    ///
    /// # Errors
    /// As `to`.
    pub fn serialize<S: Serializer>(notes: &[Note], to: S) -> Result<S::Ok, S::Error> {
        notes.iter().map(|n| (n.rule, n.message.as_str())).collect::<Vec<_>>().serialize(to)
    }

    /// Reads them back.
    ///
    /// # Errors
    /// As `from`.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Note>, D::Error> {
        let pairs = Vec::<(String, String)>::deserialize(from)?;
        Ok(pairs.into_iter().map(|(rule, message)| Note { rule: kept(rule), message, span: None }).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_comes_back_from_another_process_as_it_was() {
        let note = Note { rule: "edxml-date", message: "DueDate is \"x\"".to_owned(), span: None };
        let envelope =
            Envelope { standard: "edoc", urgency: Some("hỏa tốc"), to_places: vec!["Lưu: VT".to_owned()], notes: vec![note], ..Envelope::default() };
        let sent = serde_json::to_string(&envelope).unwrap();
        assert_eq!(serde_json::from_str::<Envelope>(&sent).unwrap(), envelope);
        assert!(std::ptr::eq(kept("edoc".to_owned()), kept("edoc".to_owned())), "a word is kept once");
    }
}
