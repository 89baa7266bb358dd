//! Kinds of edges.

use std::fmt;

/// What one work does to another, the more telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// It came attached to the act (ban hành kèm theo).
    PartOf,
    /// thực hiện, triển khai
    Implements,
    /// tiếp tục thực hiện
    Continues,
    /// hướng dẫn, quy định chi tiết
    Guides,
    /// ban hành
    Promulgates,
    /// phê duyệt
    Approves,
    /// sửa đổi, bổ sung
    Amends,
    /// thay thế
    Replaces,
    /// bãi bỏ
    Repeals,
    /// đình chỉ, ngưng hiệu lực
    Suspends,
    /// đính chính
    Corrects,
    /// hợp nhất
    Consolidates,
    /// sơ kết, tổng kết
    Reviews,
    /// tuyên truyền, phổ biến
    Publicises,
    /// phúc đáp, trả lời
    RespondsTo,
    /// căn cứ
    BasedOn,
    /// kèm theo
    AttachedTo,
    /// any other mention
    Cites,
}

use Kind::*;

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 18] = [
        PartOf,
        Implements,
        Continues,
        Guides,
        Promulgates,
        Approves,
        Amends,
        Replaces,
        Repeals,
        Suspends,
        Corrects,
        Consolidates,
        Reviews,
        Publicises,
        RespondsTo,
        BasedOn,
        AttachedTo,
        Cites,
    ];

    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            PartOf => "part_of",
            Implements => "implements",
            Continues => "continues",
            Guides => "guides",
            Promulgates => "promulgates",
            Approves => "approves",
            Amends => "amends",
            Replaces => "replaces",
            Repeals => "repeals",
            Suspends => "suspends",
            Corrects => "corrects",
            Consolidates => "consolidates",
            Reviews => "reviews",
            Publicises => "publicises",
            RespondsTo => "responds_to",
            BasedOn => "based_on",
            AttachedTo => "attached_to",
            Cites => "cites",
        }
    }

    /// The kind of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.name() == name)
    }

    /// Seen from the other end: "implemented by".
    pub fn passive(self) -> &'static str {
        match self {
            PartOf => "has part",
            Implements => "implemented by",
            Continues => "continued by",
            Guides => "guided by",
            Promulgates => "promulgated by",
            Approves => "approved by",
            Amends => "amended by",
            Replaces => "replaced by",
            Repeals => "repealed by",
            Suspends => "suspended by",
            Corrects => "corrected by",
            Consolidates => "consolidated by",
            Reviews => "reviewed by",
            Publicises => "publicised by",
            RespondsTo => "answered by",
            BasedOn => "basis of",
            AttachedTo => "has attached",
            Cites => "cited by",
        }
    }

    /// Seen from its own end, in words: "responds to".
    pub fn active(self) -> &'static str {
        match self {
            PartOf => "part of",
            RespondsTo => "responds to",
            BasedOn => "based on",
            AttachedTo => "attached to",
            other => other.name(),
        }
    }

    /// Whether it changes the work that it is done to, or ends it.
    pub fn is_change(self) -> bool {
        matches!(self, Amends | Replaces | Repeals | Suspends | Corrects | Consolidates)
    }

    /// Whether it ends the work that it is done to.
    pub fn is_end(self) -> bool {
        matches!(self, Replaces | Repeals)
    }
}

/// Whether a paper of one type may change one of another: a report changes nothing, a decision no law.
///
/// Luật ban hành văn bản quy phạm pháp luật (64/2025/QH15), Điều 8: an act is amended or ended by one of the same body or
/// of one above it. A paper that orders others to amend an act is often read as if it did so itself.
pub(super) fn may_change(by: Option<&str>, scope: &str, target: Option<&str>) -> bool {
    let (Some(by), Some(target)) = (by, target) else { return true };
    let legal = matches!(by, "HP" | "BL" | "L" | "PL" | "LENH" | "NQ" | "NQLT" | "NĐ" | "QĐ" | "TT" | "TTLT" | "CT" | "KL" | "QyĐ" | "VBHN");
    by == target || legal && rank(by, scope) <= rank(target, "")
}

/// Laws first; resolutions stand as high as their body.
fn rank(type_code: &str, scope: &str) -> u8 {
    match (type_code, scope) {
        ("HP", _) => 0,
        ("BL" | "L", _) | ("NQ", "qh") => 1,
        ("PL" | "LENH", _) | ("NQ", "ubtvqh") => 2,
        ("NĐ" | "NQLT", _) | ("NQ", "cp") => 3,
        _ => 4,
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_change_nothing_and_decisions_no_law() {
        let rows = [
            (("QĐ", "ttg", "QĐ"), true, "a decision a decision"),
            (("L", "qh", "L"), true, "a law a law"),
            (("NQ", "qh", "L"), true, "a resolution of the Assembly a law"),
            (("NĐ", "cp", "QĐ"), true, "a decree a decision"),
            (("KH", "long-an/ubnd", "KH"), true, "a plan a plan"),
            (("BC", "long-an/ubnd", "L"), false, "a report a law"),
            (("QĐ", "ttg", "NĐ"), false, "a decision a decree"),
            (("KH", "bnnmt", "NĐ"), false, "a plan a decree"),
        ];
        for ((by, scope, target), want, why) in rows {
            assert_eq!(may_change(Some(by), scope, Some(target)), want, "{why}");
        }
        assert!(may_change(None, "", Some("L")), "of what is not known nothing is said");
    }

    #[test]
    fn every_kind_has_its_own_name() {
        for (i, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(Kind::of_name(kind.name()), Some(kind));
            assert!(Kind::ALL[..i].iter().all(|k| k.passive() != kind.passive()), "{kind}");
        }
    }
}
