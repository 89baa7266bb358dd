//! Failures as records, and the answers of a program that reads what it is sent line by line.

use super::DocumentRecord;
use crate::error::{Cause, Error};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Name and version of the failure record.
pub const FAILURE_SCHEMA: &str = "vanthu/failure/1";
/// Name and version of the answer record.
pub const ANSWER_SCHEMA: &str = "vanthu/answer/1";

/// What could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FailureRecord {
    /// `vanthu/failure/1`.
    pub schema: String,
    /// The file, or what stands inside one (`archive.zip!plan.pdf`); null where the failure is about no file.
    pub path: Option<String>,
    /// What kind of failure it is.
    pub cause: Cause,
    /// What is wrong, in one line.
    pub problem: String,
    /// What helps, in one line.
    pub remedy: String,
    /// How often it was tried; only where a store counts that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tries: Option<u32>,
}

impl FailureRecord {
    /// The record of an error.
    pub fn of(error: &Error) -> Self {
        Self {
            schema: FAILURE_SCHEMA.to_owned(),
            path: error.path().map(|p| p.display().to_string()),
            cause: error.cause(),
            problem: error.problem().to_owned(),
            remedy: error.remedy().to_owned(),
            tries: None,
        }
    }
}

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
    /// What could not be read.
    pub failures: Vec<FailureRecord>,
}
