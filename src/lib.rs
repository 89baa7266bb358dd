//! Reads Vietnamese official correspondence.
pub mod error;
pub mod text;
pub mod lexicon;
pub mod marker;
pub mod rule;
pub mod source;
pub mod mention;
