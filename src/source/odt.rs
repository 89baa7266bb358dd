//! x
use super::flow::Flow;
use super::package::Package;
use crate::error::Result;
pub(super) fn read(_p: &mut Package) -> Result<(Flow, Option<u32>)> { Ok((Flow::default(), None)) }
