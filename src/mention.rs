//! Words on a page that mean something: dates, deadlines, codes, agencies, citations, relations.

pub mod agency;
pub mod code;
pub mod date;
pub mod deadline;
