//! A document and the families' profiles in, an extraction out. Reading cannot fail: what is not understood is a fact.

pub mod annotated;
mod attach;
pub mod change;
mod claim;
pub mod cue;
pub mod dates;
pub mod draft;
mod footnote;
mod grid;
mod headline;
pub mod language;
mod leftover;
mod list;
pub mod number;
pub mod outline;
mod parser;
pub mod pattern;
pub mod period;
mod phrase;
pub mod place;
pub mod profile;
mod recognise;
mod sentence;
mod source;
#[cfg(test)]
mod tests;
mod token;

use annotated::Writing;
use attach::Surroundings;
use claim::{Family, Said};
use cue::Cues;
use dates::Edition;
use draft::Draft;
use language::Language;
use number::NumberConvention;
use outline::Outline;
use parser::Parser;
use period::PeriodContext;
use profile::Profile;
pub use profile::{ProfileError, Profiles};

use crate::{
    layout::Document,
    schema::{Attached, DocumentRecord, Extraction, Fact, Observation, Relation, Statistic, Status, codebook::codebook},
};

/// Reads a document with the profile that knows it.
///
/// `record` brings path, media type, size and hash; family, layout, edition, pages and status are filled in.
pub fn extract(document: &Document, record: DocumentRecord, profiles: &Profiles) -> Extraction {
    let (mut extraction, said) = figures(document, record, profiles);
    extraction.claims = said.claims;
    // Of a report whose layout is known, faulty figures were noted before any rule could read them.
    if extraction.document.layout.is_empty() {
        extraction.facts.extend(said.facts);
    }
    extraction
}

/// The claims that the sentences of a document make of figures printed beside, with no profile at hand.
pub fn claims(document: &Document, path: &str) -> Vec<crate::schema::Claim> {
    unknown(document, path).claims
}

/// What a document says of which nobody knows the family.
fn unknown(document: &Document, path: &str) -> Said {
    let convention = NumberConvention::english();
    let writing = writing(&convention, None);
    claim::read(document, path, &Outline::new(document, writing), writing, Family::Unknown)
}

/// The figures that the profile which knows a document reads, and what the document claims of figures whatever they measure.
fn figures(document: &Document, mut record: DocumentRecord, profiles: &Profiles) -> (Extraction, Said) {
    document.media_type.clone_into(&mut record.media_type);
    record.pages = u32::try_from(document.pages.len()).unwrap_or(u32::MAX);
    let mut facts: Vec<Fact> = Vec::new();
    if !document.losses.is_empty() {
        let cause = document.losses.join("; ");
        facts.push(Fact::Lost { cause });
    }
    if !document.repairs.is_empty() {
        let cause = document.repairs.join("; ");
        facts.push(Fact::Repaired { cause });
    }
    facts.extend(without_text(document));
    let mut outlines = Outlines::new(document, profiles);
    let profile = match recognise::family(profiles, |profile| outlines.of(&profile.convention)) {
        Ok(profile) => profile,
        Err(claimants) => {
            record.status = Status::UnknownFamily;
            // A page without readable text cannot be known; the reason is given already.
            let unreadable = facts.iter().any(|fact| matches!(fact, Fact::NoTextLayer { .. }));
            if !unreadable || !claimants.is_empty() {
                facts.push(Fact::UnknownFamily { claimants });
            }
            let said = outlines.said(&record.path);
            let extraction = Extraction {
                document: record,
                facts,
                ..Extraction::default()
            };
            return (extraction, said);
        }
    };
    record.publisher.clone_from(&profile.publisher);
    record.family.clone_from(&profile.family);
    let outline = outlines.take(&profile.convention);
    let said = claim::read(document, &record.path, &outline, writing(&profile.convention, None), Family::Known);
    (read(document, outline, record, profile, facts), said)
}

fn read<'a>(document: &'a Document, mut outline: Outline<'a>, mut record: DocumentRecord, profile: &Profile, mut facts: Vec<Fact>) -> Extraction {
    let undated = writing(&profile.convention, None);
    let path = record.path.clone();
    let place = |words: &annotated::Annotated, range: std::ops::Range<usize>| mention(document, &path, words, range);
    let named = recognise::named(profile, &outline, undated, place);
    let Some(edition) = recognise::edition(&named) else {
        facts.push(Fact::UnknownEdition {
            cause: "no phrase of its profile names the month it reports".into(),
        });
        return Extraction {
            document: record,
            facts,
            ..Extraction::default()
        };
    };
    record.edition = edition.name();
    let Some(layout) = profile.layout(&record.edition) else {
        facts.push(Fact::UnknownEdition {
            cause: format!("no layout of its profile covers the edition {}", record.edition),
        });
        return Extraction {
            document: record,
            facts,
            ..Extraction::default()
        };
    };
    record.layout.clone_from(&layout.id);
    let conflicts = recognise::conflicts(&named, edition);
    if !conflicts.is_empty() {
        facts.push(Fact::PeriodConflict { named: conflicts });
    }
    let dated = writing(&profile.convention, Some(edition));
    outline.date(dated);
    let mut parser = Parser::new(&path, document, profile, layout, edition, dated, &outline);
    leftover::malformed(&mut parser);
    sentence::read(&mut parser);
    grid::read(&mut parser);
    headline::read(&mut parser);
    let lost = leftover::unread_sections(&mut parser);
    let promises = leftover::promises(&mut parser, &lost);
    leftover::unclaimed(&mut parser);
    relate_ratios(&mut parser);
    let (observations, relations, found) = finish(parser, &record);
    facts.extend(found);
    Extraction {
        document: record,
        observations,
        relations,
        promises,
        claims: Vec::new(),
        facts,
    }
}

/// A document as families read it before its edition is known: once for all that write numbers alike.
struct Outlines<'a> {
    document: &'a Document,
    outlines: Vec<(&'a NumberConvention, Outline<'a>)>,
}

impl<'a> Outlines<'a> {
    fn new(document: &'a Document, profiles: &'a Profiles) -> Self {
        let mut outlines: Vec<(&NumberConvention, Outline<'_>)> = Vec::new();
        for profile in &profiles.families {
            if outlines.iter().all(|(convention, _)| **convention != profile.convention) {
                outlines.push((&profile.convention, Outline::new(document, writing(&profile.convention, None))));
            }
        }
        Self { document, outlines }
    }

    fn position(&self, convention: &NumberConvention) -> Option<usize> {
        self.outlines.iter().position(|(known, _)| *known == convention)
    }

    fn of(&self, convention: &NumberConvention) -> &Outline<'a> {
        let position = self.position(convention).expect("the outline of every profile is made");
        &self.outlines[position].1
    }

    fn take(&mut self, convention: &NumberConvention) -> Outline<'a> {
        let position = self.position(convention).expect("the outline of every profile is made");
        self.outlines.swap_remove(position).1
    }

    /// What the document says where its family is unknown.
    fn said(&self, path: &str) -> Said {
        match self.position(&NumberConvention::english()).map(|position| &self.outlines[position]) {
            Some((convention, outline)) => claim::read(self.document, path, outline, writing(convention, None), Family::Unknown),
            None => unknown(self.document, path),
        }
    }
}

/// How a family writes; its dates take the year from the edition, once that is known.
fn writing(convention: &NumberConvention, edition: Option<Edition>) -> Writing<'_> {
    let context = PeriodContext {
        edition: edition.map(|edition| (edition.year, edition.month)),
        published: None,
    };
    Writing {
        language: Language::english(),
        cues: Cues::english(),
        convention,
        context,
    }
}

/// Glyphs without characters that a page shows before it is held to be unreadable; icons are fewer.
const FEWEST_UNMAPPED: u32 = 20;

/// Pages that show text of which more than a fifth maps to no character, or that are only a picture.
fn without_text(document: &Document) -> Option<Fact> {
    let without = document.pages.iter().filter(|page| {
        let unmapped = page.unmapped_glyphs >= FEWEST_UNMAPPED && page.unmapped_glyphs * 5 > page.glyphs;
        let scanned = page.words.is_empty() && !page.pictures.is_empty() && page.items.is_empty();
        document.source.is_none() && (unmapped || scanned)
    });
    let pages: Vec<u32> = without.map(|page| page.number).collect();
    (!pages.is_empty()).then_some(Fact::NoTextLayer { pages })
}

fn mention(document: &Document, path: &str, words: &annotated::Annotated, range: std::ops::Range<usize>) -> Option<crate::schema::Mention> {
    Some(crate::schema::Mention {
        document: path.to_owned(),
        place: provenance(document, words.region(range.clone())?),
        quote: words.string()[range.clone()].to_owned(),
        context: words.string().to_owned(),
        offset: range.start,
    })
}

/// Where characters stand, as published.
pub fn provenance(document: &Document, region: crate::layout::Region) -> crate::schema::Provenance {
    use crate::{layout::Region, schema::Provenance};
    match region {
        Region::Box { page, bbox } => Provenance::Box {
            page,
            bbox: [bbox.x0, bbox.top, bbox.x1, bbox.bottom],
        },
        Region::Bytes { start, end } => {
            let Some(source) = &document.source else {
                return Provenance::Bytes {
                    start: start as u64,
                    end: end as u64,
                    line: 1,
                    column: 1,
                };
            };
            let (line, column) = source.line_column(start);
            Provenance::Bytes {
                start: source.to_file(start),
                end: source.to_file(end),
                line,
                column,
            }
        }
    }
}

fn relate_ratios(parser: &mut Parser<'_>) {
    for ratio in &parser.profile.ratios {
        let of = |rule: &str, statistic: Statistic| {
            let mut found = parser
                .drafts
                .iter()
                .enumerate()
                .filter(|(_, draft)| draft.rule == rule && draft.statistic == statistic)
                .map(|(index, _)| index);
            found.next()
        };
        if let (Some(top), Some(numerator), Some(denominator)) = (
            of(&ratio.ratio, Statistic::Ratio),
            of(&ratio.numerator, Statistic::Count),
            of(&ratio.denominator, Statistic::Count),
        ) && parser.drafts[top].period == parser.drafts[numerator].period
            && parser.drafts[top].period == parser.drafts[denominator].period
        {
            parser.relations.push(Relation::Ratio {
                ratio: top,
                numerator,
                denominator,
            });
        }
    }
}

/// Puts drafts in the order of their places and makes them observations.
fn finish(mut parser: Parser<'_>, record: &DocumentRecord) -> (Vec<Observation>, Vec<Relation>, Vec<Fact>) {
    let mut order: Vec<usize> = (0..parser.drafts.len()).collect();
    let key = |index: usize| {
        let draft: &Draft = &parser.drafts[index];
        (
            draft.place,
            draft.range.start,
            draft.range.end,
            draft.area.as_str(),
            draft.origin.as_str(),
        )
    };
    order.sort_by(|one, other| key(*one).cmp(&key(*other)));
    let mut new_index = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        new_index[*old] = new;
    }
    let mut surroundings = Surroundings::of(&parser);
    let around = |old: &usize| {
        let draft = &parser.drafts[*old];
        let footnotes = surroundings.footnotes(draft);
        let attached = surroundings.attached(draft, &footnotes);
        (footnotes, attached)
    };
    let around: Vec<_> = order.iter().map(around).collect();
    let mut drafts: Vec<Option<Draft>> = std::mem::take(&mut parser.drafts).into_iter().map(Some).collect();
    let drafts = order.iter().filter_map(|old| drafts[*old].take());
    let drafts: Vec<Draft> = drafts.collect();
    let observations: Vec<_> = drafts
        .into_iter()
        .zip(around)
        .map(|(draft, around)| observation(&parser, draft, around, record))
        .collect();
    let mut relations: Vec<_> = parser.relations.iter().map(|relation| renumbered(relation, &new_index)).collect();
    relations.sort_by_cached_key(|relation| format!("{relation:?}"));
    let mut facts = parser.facts;
    for fact in &mut facts {
        if let Fact::LabelDiffersFromMark { observation, .. } = fact
            && let Some(old) = observation.as_ref().and_then(|index| index.parse::<usize>().ok())
        {
            *observation = new_index
                .get(old)
                .and_then(|new| observations.get(*new))
                .map(|observation| observation.id.clone());
        }
    }
    (observations, relations, facts)
}

fn observation(parser: &Parser<'_>, draft: Draft, (footnotes, attached): (Vec<String>, Attached), record: &DocumentRecord) -> Observation {
    let place = parser.provenance(draft.region);
    let unit = match draft.statistic {
        Statistic::Count => draft
            .unit
            .or_else(|| codebook().indicator(&draft.indicator).map(|entry| entry.unit.clone()))
            .unwrap_or_default(),
        Statistic::Share | Statistic::Change | Statistic::Ratio => "percent".into(),
        Statistic::ShareChange => "percentage_points".into(),
    };
    // One printed figure may speak of several places ("two per cent each"): the place alone is not enough.
    let place_as_printed = place.to_string();
    let identity = [&record.hash, &place_as_printed, draft.statistic.as_str(), &draft.area, &draft.origin].join("\0");
    Observation {
        id: blake3::hash(identity.as_bytes()).to_hex()[..16].to_owned(),
        document: record.path.clone(),
        publisher: record.publisher.clone(),
        family: record.family.clone(),
        layout: record.layout.clone(),
        edition: record.edition.clone(),
        indicator: draft.indicator,
        statistic: draft.statistic,
        area: draft.area,
        origin: draft.origin,
        sex: draft.sex,
        group: draft.group,
        period: draft.period,
        base: draft.base,
        value: draft.value,
        unit,
        qualifier: draft.qualifier,
        interval: draft.interval,
        place,
        quote: draft.quote,
        context: draft.context,
        offset: draft.offset,
        method: draft.method,
        rule: [record.family.as_str(), &draft.rule].join("/"),
        footnotes,
        directions: draft.directions,
        attached,
    }
}

fn renumbered(relation: &Relation, new: &[usize]) -> Relation {
    let all = |parts: &[usize]| parts.iter().map(|part| new[*part]).collect();
    match relation {
        Relation::Sum { total, parts, unknown } => Relation::Sum {
            total: new[*total],
            parts: all(parts),
            unknown: *unknown,
        },
        Relation::Shares { parts, partial } => Relation::Shares {
            parts: all(parts),
            partial: *partial,
        },
        Relation::Ranking { parts } => Relation::Ranking { parts: all(parts) },
        Relation::Repeat { first, second } => Relation::Repeat {
            first: new[*first],
            second: new[*second],
        },
        Relation::Ratio {
            ratio,
            numerator,
            denominator,
        } => Relation::Ratio {
            ratio: new[*ratio],
            numerator: new[*numerator],
            denominator: new[*denominator],
        },
        Relation::Change { change, current, base } => Relation::Change {
            change: new[*change],
            current: new[*current],
            base: new[*base],
        },
        Relation::PartOf { part, whole } => Relation::PartOf {
            part: new[*part],
            whole: new[*whole],
        },
    }
}
