//! Search in the texts: with and without diacritics, best first, with the passage.

use super::filter::{FITS, Filter};
use super::word::{self, Word};
use super::{Store, prepared};
use crate::error::{Error, Result};
use crate::export::{HIT_SCHEMA, HitRecord, MarkRecord};
use std::collections::HashSet;
use std::ops::Range;

/// What is searched for: phrases, each of one word or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    phrases: Vec<Vec<Word>>,
}

/// How near the words of a query have to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nearness {
    /// One after the other, in number, subject or issuer: few documents, which would come first anyway.
    Title,
    /// One after the other.
    Phrase,
    /// Within a sentence.
    Near,
    /// In one document.
    Anywhere,
}

/// Words between the words of a query that stand near each other.
const NEAR: usize = 12;
/// Words of a query; the index refuses very long ones.
const MOST_WORDS: usize = 64;
/// Words of the window that a passage is chosen by.
const WINDOW: usize = 40;
/// Characters of a passage.
const PASSAGE: usize = 220;
/// Documents are looked into until enough fit, but no more of them than this for each one that is asked for: the index
/// without diacritics finds báo where bão is asked for.
const LOOKED_AT: usize = 20;
/// The same where the newest of all documents are looked into, which more than one in a dozen has the words of.
const PASSED_OVER: usize = 100;
/// Of so many documents with the words all are weighed, which takes three passes through the index.
const WEIGHED: usize = 500;
/// So many documents are listed and sorted by their dates; where more have the words, the newest of all are looked into.
const LISTED: usize = 8_000;

impl Query {
    /// Reads words as typed; what stands in quotation marks is one phrase.
    ///
    /// # Errors
    /// When there is no word in it, or too many.
    pub fn of(text: &str) -> Result<Self> {
        let mut phrases: Vec<Vec<Word>> = Vec::new();
        for (i, part) in text.split(['"', '“', '”']).enumerate() {
            let words = word::words(part).collect::<Vec<_>>();
            match i % 2 {
                1 if !words.is_empty() => phrases.push(words),
                _ => phrases.extend(words.into_iter().map(|w| vec![w])),
            }
        }
        if phrases.is_empty() {
            return Err(Error::new(format!("there is no word in {text:?}"), "give letters or figures to search for"));
        }
        if phrases.iter().map(Vec::len).sum::<usize>() > MOST_WORDS {
            return Err(Error::new(format!("more than {MOST_WORDS} words are searched for"), "give the words that matter"));
        }
        Ok(Self { phrases })
    }

    /// The ways to search, the strictest first.
    fn ways(&self) -> &'static [Nearness] {
        match (self.phrases.len(), self.phrases.iter().all(|p| p.len() == 1)) {
            (1, _) => &[Nearness::Title, Nearness::Phrase],
            (_, true) => &[Nearness::Title, Nearness::Phrase, Nearness::Near, Nearness::Anywhere],
            (_, false) => &[Nearness::Near, Nearness::Anywhere],
        }
    }

    /// The query in FTS5's language; words are letters and figures of ASCII.
    fn expression(&self, way: Nearness) -> String {
        let phrase = |words: &[Word]| format!("\"{}\"", words.iter().map(|w| w.plain.as_str()).collect::<Vec<_>>().join(" "));
        match way {
            Nearness::Title => format!("title : {}", phrase(&self.phrases.concat())),
            Nearness::Phrase => phrase(&self.phrases.concat()),
            Nearness::Near => format!("NEAR({}, {NEAR})", self.phrases.iter().map(|p| phrase(p)).collect::<Vec<_>>().join(" ")),
            Nearness::Anywhere => self.phrases.iter().map(|p| phrase(p)).collect::<Vec<_>>().join(" AND "),
        }
    }

    /// Whether the words stand one after the other in a title.
    fn is_in(&self, title: &str) -> bool {
        let asked = self.phrases.concat();
        let words: Vec<Word> = word::words(title).collect();
        words.windows(asked.len()).any(|w| w.iter().zip(&asked).all(|(word, asked)| word.plain == asked.plain))
    }

    /// Words that were typed with diacritics have to stand in a document so.
    fn spellings(&self) -> Option<String> {
        let typed: Vec<String> = self.phrases.iter().flatten().filter(|w| !w.typed.is_empty()).map(|w| format!("\"{}\"", w.typed)).collect();
        (!typed.is_empty()).then(|| typed.join(" AND "))
    }
}

/// Up to how many documents with the words are weighed, and listed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub weighed: usize,
    pub listed: usize,
}

/// Which documents have something.
enum Having {
    Few(Vec<i64>),
    Many,
}

const WORDED: &str = "SELECT rowid FROM word WHERE word MATCH ?1 LIMIT ?2";
const SPELLED: &str = "SELECT rowid FROM spelling WHERE spelling MATCH ?1 LIMIT ?2";

/// What the words of a title are taken from.
const TITLE: &str = "concat_ws(' ', d.code, d.subject, d.issuer)";

/// Documents of the whole store, or of these, the newest first.
fn newest(among: &str) -> String {
    format!("SELECT d.id, {TITLE} FROM document d WHERE {among} d.main AND {FITS} ORDER BY d.date DESC, d.hash LIMIT :limit")
}

impl Store {
    /// The documents in which words stand, with the best passage of each; those where they stand together come first.
    ///
    /// # Errors
    /// When the filter names what is not here, or the store is damaged.
    pub fn search(&self, query: &Query, filter: &Filter, limit: usize) -> Result<Vec<HitRecord>> {
        self.search_within(query, filter, limit, Bounds { weighed: WEIGHED, listed: LISTED })
    }

    /// Searches with other bounds than the usual ones.
    pub(super) fn search_within(&self, query: &Query, filter: &Filter, limit: usize, bounds: Bounds) -> Result<Vec<HitRecord>> {
        let mut hits = Vec::new();
        let mut seen = HashSet::new();
        let spellings = query.spellings();
        let spelled = spellings.as_deref().map(|s| self.having(SPELLED, s, bounds.listed)).transpose()?;
        let mut loosest = None;
        for way in query.ways() {
            let worded = self.having(WORDED, &query.expression(*way), bounds.listed)?;
            loosest = if matches!(worded, Having::Many) { Some(*way) } else { loosest };
            let most = limit * if matches!(worded, Having::Many) { PASSED_OVER } else { LOOKED_AT };
            // Which documents are looked into is told by the index; whether they have the words so, by their texts.
            let candidates = self.candidates(query, *way, (&worded, spelled.as_ref()), filter, (most, bounds.weighed))?;
            for (id, title) in candidates {
                if hits.len() >= limit {
                    return Ok(hits);
                }
                if seen.contains(&id) || *way == Nearness::Title && matches!(worded, Having::Many) && !query.is_in(&title) {
                    continue;
                }
                if let Some((passage, marks)) = passage(&self.text(id)?, query, *way) {
                    seen.insert(id);
                    hits.push(HitRecord { schema: HIT_SCHEMA.to_owned(), document: self.listed(id)?, passage, marks });
                }
            }
        }
        // The newest of all do not have them: those that do are told one by one, which takes longer.
        if let Some(way) = loosest.filter(|_| hits.len() < limit) {
            let all = self.all_having(&query.expression(way), spellings.as_deref())?;
            let most = limit * LOOKED_AT;
            for (id, _) in self.fitting_rows(&newest(""), None, filter, (None, most), |id| all.contains(&id) && !seen.contains(&id))? {
                if hits.len() >= limit {
                    break;
                }
                if let Some((passage, marks)) = passage(&self.text(id)?, query, way) {
                    hits.push(HitRecord { schema: HIT_SCHEMA.to_owned(), document: self.listed(id)?, passage, marks });
                }
            }
        }
        Ok(hits)
    }

    /// The rows of an index that have what is asked for, where they are no more than so many.
    fn having(&self, sql: &str, expression: &str, most: usize) -> Result<Having> {
        let ids = self.rows_having(sql, expression, Some(most + 1))?;
        Ok(if ids.len() > most { Having::Many } else { Having::Few(ids) })
    }

    /// Every document with the words, in the spellings asked for.
    fn all_having(&self, expression: &str, spellings: Option<&str>) -> Result<HashSet<i64>> {
        let worded: HashSet<i64> = self.rows_having(WORDED, expression, None)?.into_iter().collect();
        let Some(spellings) = spellings else { return Ok(worded) };
        Ok(self.rows_having(SPELLED, spellings, None)?.into_iter().filter(|id| worded.contains(id)).collect())
    }

    fn rows_having(&self, sql: &str, expression: &str, most: Option<usize>) -> Result<Vec<i64>> {
        let most = most.map_or(-1, |m| i64::try_from(m).unwrap_or(i64::MAX));
        self.guarded(|c| c.prepare_cached(sql)?.query_map(rusqlite::params![expression, most], |row| row.get(0))?.collect())
    }

    /// Documents in which the words may stand, the best first; the newest first where so many have the words that how often
    /// says little of a document. Neither order depends on that of ingest. With each comes what its title is made of.
    fn candidates(
        &self,
        query: &Query,
        way: Nearness,
        (worded, spelled): (&Having, Option<&Having>),
        filter: &Filter,
        (limit, weighed): (usize, usize),
    ) -> Result<Vec<(i64, String)>> {
        let among = |ids: &[i64]| newest(&format!("d.id IN ({}) AND", ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",")));
        let sql = match (worded, spelled) {
            (Having::Few(ids), _) if ids.is_empty() => return Ok(Vec::new()),
            (Having::Few(ids), _) if ids.len() < weighed => format!(
                "SELECT d.id, {TITLE} FROM word JOIN document d ON d.id = word.rowid WHERE word MATCH :words AND d.main AND {FITS}
                    ORDER BY bm25(word, 8.0, 1.0), d.hash LIMIT :limit"
            ),
            (Having::Few(ids), Some(Having::Few(others))) => {
                let others: HashSet<&i64> = others.iter().collect();
                among(&ids.iter().filter(|id| others.contains(id)).copied().collect::<Vec<_>>())
            }
            (Having::Few(ids), _) | (Having::Many, Some(Having::Few(ids))) => among(ids),
            (Having::Many, _) => newest(""),
        };
        let words = Some(query.expression(way)).filter(|_| sql.contains(":words"));
        self.fitting_rows(&sql, words, filter, (Some(limit), limit), |_| true)
    }

    /// Documents that a filter lets through, with what their titles are made of: at most so many by the statement, and at most so many
    /// of those that are wanted.
    fn fitting_rows(
        &self,
        sql: &str,
        words: Option<String>,
        filter: &Filter,
        (told, most): (Option<usize>, usize),
        is_wanted: impl Fn(i64) -> bool,
    ) -> Result<Vec<(i64, String)>> {
        let fitting = self.fitting(filter)?;
        let limit = told.map_or(-1, |m| i64::try_from(m).unwrap_or(i64::MAX));
        self.guarded(|c| {
            let mut statement = c.prepare(sql)?;
            let mut parameters: Vec<(&str, &dyn rusqlite::ToSql)> = vec![
                (":types", &fitting.types),
                (":issuers", &fitting.issuers),
                (":since", &filter.since),
                (":until", &filter.until),
                (":source", &filter.source),
                (":classified", &filter.include_classified),
                (":limit", &limit),
            ];
            parameters.extend(words.as_ref().map(|w| (":words", w as &dyn rusqlite::ToSql)));
            let rows = statement.query_map(&parameters[..], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.filter(|row| row.as_ref().map_or(true, |(id, _)| is_wanted(*id))).take(most).collect()
        })
    }

    /// The text of a document.
    pub(super) fn text(&self, id: i64) -> Result<String> {
        let (text_bytes, packed): (usize, Vec<u8>) = self.packed(id)?;
        prepared::unpack_text(&packed, text_bytes).map_err(|e| e.at(self.path()))
    }
}

/// Whether a word of a text is the one that is asked for.
fn fits(word: &Word, asked: &Word) -> bool {
    word.plain == asked.plain && (asked.typed.is_empty() || word.typed == asked.typed)
}

/// A word of a text, in bytes, and which of the words that are asked for it is, a bit for each.
struct Place {
    start: usize,
    end: usize,
    asked: u64,
}

/// The words of a text as they answer these.
fn places(text: &str, asked: &[&Word]) -> Vec<Place> {
    let (mut reader, mut word) = (word::Reader::of(text), Word::default());
    let mut places = Vec::new();
    while reader.next_into(&mut word) {
        let bits = asked.iter().enumerate().filter(|(_, a)| fits(&word, a)).fold(0, |bits, (i, _)| bits | 1 << i);
        places.push(Place { start: word.start, end: word.end, asked: bits });
    }
    places
}

/// The passage in which the words stand most closely together; none where they do not all stand in the text.
fn passage(text: &str, query: &Query, way: Nearness) -> Option<(String, Vec<MarkRecord>)> {
    let joined;
    let phrases = if matches!(way, Nearness::Title | Nearness::Phrase) {
        joined = [query.phrases.concat()];
        &joined[..]
    } else {
        &query.phrases[..]
    };
    // A query has no more words than a number has bits.
    let words = places(text, &phrases.iter().flatten().collect::<Vec<_>>());
    // Where each phrase begins.
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut first = 0;
    for (p, phrase) in phrases.iter().enumerate() {
        let before = found.len();
        let is_phrase = |w: &[Place]| w.iter().enumerate().all(|(i, place)| place.asked >> (first + i) & 1 == 1);
        found.extend(words.windows(phrase.len()).enumerate().filter(|(_, w)| is_phrase(w)).map(|(i, _)| (i, p)));
        if found.len() == before {
            return None;
        }
        first += phrase.len();
    }
    found.sort_unstable();
    let best = best_window(&found, phrases.len());
    let marks: Vec<Range<usize>> = best.iter().map(|&(i, p)| words[i].start..words[i + phrases[p].len() - 1].end).collect();
    Some(cut(text, &marks))
}

/// The hits of the window that holds most of the phrases, in the least room; the first of several.
fn best_window(found: &[(usize, usize)], phrases: usize) -> &[(usize, usize)] {
    let mut best = (0, &found[..1]);
    for start in 0..found.len() {
        let end = found[start..].iter().take_while(|(i, _)| i - found[start].0 < WINDOW).count() + start;
        let hits = &found[start..end];
        let distinct = hits.iter().map(|(_, p)| p).collect::<HashSet<_>>().len();
        if distinct > best.0 {
            best = (distinct, hits);
        }
        if distinct == phrases {
            break;
        }
    }
    best.1
}

/// The text around the marks on one line, cut at words, with the marks in code points of it.
fn cut(text: &str, marks: &[Range<usize>]) -> (String, Vec<MarkRecord>) {
    let first = marks.first().map_or(0, |m| m.start);
    let lead = PASSAGE / 4;
    let start = text[..first].char_indices().rev().nth(lead).map_or(0, |(i, _)| text[i..first].find(char::is_whitespace).map_or(i, |w| i + w + 1));
    let rest = text[start..].char_indices().nth(PASSAGE).map_or(text.len(), |(i, _)| start + i);
    let end = if rest == text.len() { rest } else { text[start..rest].rfind(char::is_whitespace).map_or(rest, |w| start + w) };
    let end = end.max(marks.first().map_or(0, |m| m.end));
    let mut passage = String::new();
    let mut records = Vec::new();
    let mut count = 0;
    let mut at = start;
    let mut put = |from: usize, to: usize, count: &mut usize| {
        for c in text[from..to].chars() {
            let blank = c.is_whitespace();
            if !(blank && (passage.is_empty() || passage.ends_with(' '))) {
                passage.push(if blank { ' ' } else { c });
                *count += 1;
            }
        }
    };
    for mark in marks.iter().filter(|m| m.end <= end) {
        // Phrases of a query may overlap.
        if mark.start < at {
            continue;
        }
        put(at, mark.start, &mut count);
        let begun = count;
        put(mark.start, mark.end, &mut count);
        records.push(MarkRecord { start: begun, end: count });
        at = mark.end;
    }
    put(at, end.max(at), &mut count);
    (passage.trim_end().to_owned(), records)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, words: &str) -> Option<String> {
        let query = Query::of(words).expect("there are words");
        let (passage, marks) = query.ways().iter().find_map(|way| super::passage(text, &query, *way))?;
        let mut marked = String::new();
        for (i, c) in passage.chars().enumerate() {
            marked.extend(marks.iter().filter(|m| m.end == i).map(|_| '»'));
            marked.extend(marks.iter().filter(|m| m.start == i).map(|_| '«'));
            marked.push(c);
        }
        marked.extend(marks.iter().filter(|m| m.end == passage.chars().count()).map(|_| '»'));
        Some(marked)
    }

    #[test]
    fn a_passage_shows_the_words_together() {
        let text = "Kế hoạch\nphòng, chống bão năm 2020.\n\nBáo cáo về hoà giải: theo Quyết định số 489/QĐ-TTg của Thủ tướng.";
        let rows = [
            // With and without diacritics.
            ("phong chong bao", Some("Kế hoạch «phòng, chống bão» năm 2020. Báo cáo về hoà giải: theo Quyết định số 489/QĐ-TTg của Thủ tướng.")),
            ("phòng chống bão", Some("Kế hoạch «phòng, chống bão» năm 2020. Báo cáo về hoà giải: theo Quyết định số 489/QĐ-TTg của Thủ tướng.")),
            // A word with diacritics is no other word.
            ("bạo", None),
            ("báo", Some("Kế hoạch phòng, chống bão năm 2020. «Báo» cáo về hoà giải: theo Quyết định số 489/QĐ-TTg của Thủ tướng.")),
            // Either placement of the tone.
            ("hòa giải", Some("Kế hoạch phòng, chống bão năm 2020. Báo cáo về «hoà giải»: theo Quyết định số 489/QĐ-TTg của Thủ tướng.")),
            // Numbers and symbols; đ as d.
            ("489/qd-ttg", Some("bão năm 2020. Báo cáo về hoà giải: theo Quyết định số «489/QĐ-TTg» của Thủ tướng.")),
            // Words apart, and quoted phrases.
            ("bão hoạch", Some("Kế «hoạch» phòng, chống «bão» năm 2020. Báo cáo về hoà giải: theo Quyết định số 489/QĐ-TTg của Thủ tướng.")),
            ("\"bão hoạch\"", None),
            ("\"thủ tướng\" 2020", Some("Kế hoạch phòng, chống bão năm «2020». Báo cáo về hoà giải: theo Quyết định số 489/QĐ-TTg của «Thủ tướng».")),
        ];
        for (words, want) in rows {
            assert_eq!(marked(text, words).as_deref(), want, "{words}");
        }
        assert_eq!(Query::of(&"a ".repeat(65)).unwrap_err().to_string(), "more than 64 words are searched for; give the words that matter");
        assert_eq!(Query::of("–").unwrap_err().to_string(), "there is no word in \"–\"; give letters or figures to search for");
    }
}
