//! The answers of a program that reads what it is sent line by line.

use super::{DocumentRecord, FailureRecord};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Name and version of the answer record.
pub const ANSWER_SCHEMA: &str = "vanthu/answer/1";

/// The answer to one line of `vanthu extract --stdin`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerRecord {
    /// `vanthu/answer/1`.
    pub schema: String,
    /// The `id` of the request, as it was given: any JSON value. With `--stdin paths` it is the path; null where the line
    /// was no request or had none.
    pub id: serde_json::Value,
    /// The papers that were read: one for a paper, any number for an archive or a message.
    pub documents: Vec<DocumentRecord>,
    /// What could not be read; the path is empty where the line was no request.
    pub failures: Vec<FailureRecord>,
}
