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

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_name() {
        for (i, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(Kind::of_name(kind.name()), Some(kind));
            assert!(Kind::ALL[..i].iter().all(|k| k.passive() != kind.passive()), "{kind}");
        }
    }
}
