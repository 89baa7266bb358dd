//! In which encoding the bytes of a font stand.

use super::FontEntry;
use crate::source::legacy;
use encoding_rs::{self as enc, Encoding};

/// The encoding of a font's bytes: by its own code page, its character set, or that of the document.
pub(super) fn encoding(font: Option<&FontEntry>, document: i32) -> &'static Encoding {
    let Some(font) = font else { return code_page(document) };
    if legacy::is_font_of_code_page(&font.name) {
        return enc::WINDOWS_1252;
    }
    if let Some(page) = font.code_page {
        return code_page(page);
    }
    font.charset.map_or(code_page(document), |charset| of_charset(charset, document))
}

/// Character sets of Windows fonts (`\fcharset`).
fn of_charset(charset: i32, document: i32) -> &'static Encoding {
    match charset {
        1 => code_page(document),
        77 => enc::MACINTOSH,
        128 => enc::SHIFT_JIS,
        129 | 130 => enc::EUC_KR,
        134 => enc::GBK,
        136 => enc::BIG5,
        161 => enc::WINDOWS_1253,
        162 => enc::WINDOWS_1254,
        163 => enc::WINDOWS_1258,
        177 => enc::WINDOWS_1255,
        178..=180 => enc::WINDOWS_1256,
        186 => enc::WINDOWS_1257,
        204 => enc::WINDOWS_1251,
        222 => enc::WINDOWS_874,
        238 => enc::WINDOWS_1250,
        _ => enc::WINDOWS_1252,
    }
}

fn code_page(number: i32) -> &'static Encoding {
    match number {
        874 => enc::WINDOWS_874,
        932 => enc::SHIFT_JIS,
        936 => enc::GBK,
        949 => enc::EUC_KR,
        950 => enc::BIG5,
        1250 => enc::WINDOWS_1250,
        1251 => enc::WINDOWS_1251,
        1253 => enc::WINDOWS_1253,
        1254 => enc::WINDOWS_1254,
        1255 => enc::WINDOWS_1255,
        1256 => enc::WINDOWS_1256,
        1257 => enc::WINDOWS_1257,
        1258 => enc::WINDOWS_1258,
        10000 => enc::MACINTOSH,
        65001 => enc::UTF_8,
        _ => enc::WINDOWS_1252,
    }
}
