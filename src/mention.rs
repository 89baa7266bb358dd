//! Words on a page that mean something: dates, deadlines, codes, agencies, citations, relations.

pub mod date;
