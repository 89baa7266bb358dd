//! x
use super::flow::Flow;
use super::office::Kind;
use crate::error::Result;
pub(super) fn read(_k: Kind, _p: &[u8]) -> Result<(Flow, Option<u32>)> { Ok((Flow::default(), None)) }
