//! Reads Vietnamese official correspondence: document numbers, dates, citations, relations, assigned duties.
//!
//! The modules stand in the order of the flow; each uses only those above it.

pub mod error;
pub mod text;
pub mod phrases;
pub mod lexicon;
pub mod marker;
pub mod rule;
pub mod source;
pub mod structure;
pub mod mention;
pub mod header;
pub mod duty;
pub mod doubt;
pub mod analysis;
pub mod export;
pub mod pipeline;
pub mod review;
pub mod resolve;
pub mod graph;
pub mod check;
pub mod office;
pub mod task;
pub mod redact;
pub mod store;
pub mod worker;
pub mod stream;
pub mod ingest;
pub mod convert;
pub mod tracker;
pub mod push;
pub mod rulebook;
pub mod score;
