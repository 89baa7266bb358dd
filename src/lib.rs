//! Reads Vietnamese official correspondence: document numbers, dates, citations, relations, assigned duties.
//!
//! The modules stand in the order of the flow; each uses only those above it.

pub mod analysis;
pub mod duty;
pub mod error;
pub mod export;
pub mod header;
pub mod lexicon;
pub mod marker;
pub mod mention;
pub mod pipeline;
pub mod rule;
pub mod rulebook;
pub mod score;
pub mod source;
pub mod structure;
pub mod text;
