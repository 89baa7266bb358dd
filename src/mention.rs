//! Words on a page that mean something: agencies, codes, dates, deadlines, citations, relations.

pub mod agency;
pub mod citation;
pub mod code;
pub mod date;
pub mod deadline;
pub mod identity;
pub mod relation;
