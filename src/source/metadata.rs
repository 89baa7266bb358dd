//! What a file says about itself besides its text.

/// What a file says about itself: who made it with what, and the signatures set to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// Title.
    pub title: Option<String>,
    /// Author: often the account of the clerk who typed it.
    pub author: Option<String>,
    /// The program in which it was written.
    pub creator: Option<String>,
    /// The program that made the file.
    pub producer: Option<String>,
    /// When it was made, ISO 8601 as exact as it is told.
    pub created: Option<String>,
    /// When it was last changed.
    pub modified: Option<String>,
    /// Digital signatures, in the order of the file. They are told, not verified.
    pub signatures: Vec<Signature>,
}

/// A digital signature (chữ ký số). It is told, not verified.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signature {
    /// Whose certificate it is: "Ủy ban nhân dân tỉnh Quảng Ngãi".
    pub signer: Option<String>,
    /// When it was set by the clock of who signed, ISO 8601.
    pub time: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Where.
    pub location: Option<String>,
}
