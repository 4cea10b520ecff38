//! Lines to blocks: paragraphs, headings, list entries, notes, and figures standing out with their captions.

use super::lines::{Head, Line, Part, Weight, labels};
use super::words::{is_figure as is_figure_word, is_number};
use super::{BBox, Block, BlockKind, Region, Text};

/// Lines further apart than this, in the size of the font from base line to base line, are two paragraphs.
const LEADING: f64 = 1.62;
/// A line further down than its paragraph's lines are apart, by this factor, starts another.
const LEADING_JUMP: f64 = 1.17;
/// Paragraphs that stay open at once; more stand side by side on no page made for people.
const MOST_OPEN: usize = 300;
/// Characters that open a list entry.
const BULLETS: &str = "•‣▪▫◦●○■□►▶➢➤✓✔❖·∙⁃";

/// Lines that make one block, before it is known what it is.
#[derive(Debug, Clone)]
struct Draft {
    lines: Vec<Line>,
    bbox: BBox,
    frame: Option<usize>,
    opening: Opening,
    leading: Option<f64>,
    /// The line of a figure that stands out.
    figure: Option<usize>,
}

/// How a block begins.
#[derive(Debug, Clone, PartialEq)]
enum Opening {
    Plain,
    Bullet,
    /// A bullet that is drawn, not written.
    Disc,
    Marked,
}

/// Blocks of the lines of a page; `frames` are drawn boxes that hold text of their own.
pub fn blocks(lines: Vec<Line>, frames: &[BBox], page: u32) -> Vec<Block> {
    let body = body_size(&lines);
    let lines = with_bullets(lines);
    let lines = across_wide_spaces(lines, body);
    let drafts = drafts(lines, frames);
    let drafts = with_captions(drafts, frames, body);
    drafts.into_iter().filter_map(|draft| block(&draft, body, page)).collect()
}

/// The size of most letters.
fn body_size(lines: &[Line]) -> f64 {
    let mut sizes: Vec<(i64, usize)> = Vec::new();
    let mut weighted: Vec<(i64, usize)> = lines
        .iter()
        .filter(|line| line.turn == 0)
        .map(|line| ((line.size * 4.0).round() as i64, line.words().map(|word| word.glyphs.len()).sum()))
        .collect();
    weighted.sort_unstable();
    for (size, count) in weighted {
        match sizes.last_mut() {
            Some(last) if last.0 == size => last.1 += count,
            _ => sizes.push((size, count)),
        }
    }
    sizes
        .into_iter()
        .max_by_key(|(size, count)| (*count, *size))
        .map_or(10.0, |(size, _)| size as f64 / 4.0)
}

/// Puts bullets that stand apart before the line they open.
fn with_bullets(lines: Vec<Line>) -> Vec<Line> {
    let is_bullet = |line: &Line| {
        let string = line.string();
        line.turn == 0 && string.chars().count() == 1 && string.chars().all(|character| BULLETS.contains(character) || "–-o".contains(character))
    };
    let (bullets, mut lines): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(is_bullet);
    lines.sort_by(|one, other| one.baseline.total_cmp(&other.baseline).then(one.start.total_cmp(&other.start)));
    for mut bullet in bullets {
        let first = lines.partition_point(|line| line.baseline < bullet.baseline - 0.35 * bullet.size);
        let host = lines[first..]
            .iter()
            .take(400)
            .enumerate()
            .take_while(|(_, line)| line.baseline <= bullet.baseline + 0.35 * bullet.size)
            .filter(|(_, line)| line.turn == 0 && line.start >= bullet.end - 0.5 && line.start - bullet.end < 3.5 * line.size)
            .min_by(|one, other| one.1.start.total_cmp(&other.1.start))
            .map(|(offset, _)| first + offset);
        match host {
            Some(host) => {
                let line = lines[host].clone();
                let (baseline, size) = (line.baseline, line.size);
                bullet.extend(line);
                bullet.baseline = baseline;
                bullet.size = size;
                lines[host] = bullet;
            }
            None => lines.insert(first, bullet),
        }
    }
    lines
}

/// Puts a justified line together again whose spaces are as wide as gaps between columns: the line above or below runs across the gap.
fn across_wide_spaces(mut lines: Vec<Line>, body: f64) -> Vec<Line> {
    lines.sort_by(|one, other| one.baseline.total_cmp(&other.baseline).then(one.start.total_cmp(&other.start)));
    let spans: Vec<(f64, f64, f64, f64)> = lines
        .iter()
        .filter(|line| line.turn == 0 && line.words().count() > 3)
        .map(|line| (line.baseline, line.start, line.end, line.size))
        .collect();
    let mut joined: Vec<Line> = Vec::new();
    for line in lines {
        let Some(last) = joined.last() else {
            joined.push(line);
            continue;
        };
        let gap = line.start - last.end;
        let level = (line.baseline - last.baseline).abs() < 0.1 * line.size && (line.size - last.size).abs() < 0.5;
        let wordy = !is_number(&line.string()) && !is_number(&last.string()) && last.words().count() + line.words().count() > 4;
        if line.turn != 0 || last.turn != 0 || !level || !wordy || !(0.0..1.7 * line.size).contains(&gap) {
            joined.push(line);
            continue;
        }
        let first = spans.partition_point(|span| span.0 < line.baseline - 1.7 * body);
        let bridged = spans[first..]
            .iter()
            .take(200)
            .take_while(|span| span.0 <= line.baseline + 1.7 * body)
            .any(|span| {
                let apart = (span.0 - line.baseline).abs();
                apart > 0.6 * line.size
                    && apart < LEADING * line.size
                    && (span.3 - line.size).abs() < 0.5
                    && span.1 <= last.start + line.size
                    && span.2 >= line.end - line.size
            });
        if bridged && let Some(last) = joined.last_mut() {
            last.extend(line);
        } else {
            joined.push(line);
        }
    }
    joined
}

fn drafts(lines: Vec<Line>, frames: &[BBox]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for line in lines {
        let frame = frame_of(line.bbox, frames);
        let opening = opening(&line);
        open.retain(|index| {
            drafts[*index]
                .lines
                .last()
                .is_some_and(|last| last.turn != line.turn || line.baseline - last.baseline < 3.0 * last.size)
        });
        if open.len() > MOST_OPEN {
            open.remove(0);
        }
        let host = open
            .iter()
            .copied()
            .filter(|index| opening == Opening::Plain && continues(&drafts[*index], &line, frame))
            .min_by(|one, other| {
                let gap = |index: usize| {
                    drafts[index].lines.last().map_or(f64::INFINITY, |last| {
                        (line.baseline - last.baseline) + (line.start - last.start).abs() * 0.1
                    })
                };
                gap(*one).total_cmp(&gap(*other))
            });
        if let Some(index) = host {
            let draft = &mut drafts[index];
            if let Some(last) = draft.lines.last() {
                let leading = line.baseline - last.baseline;
                draft.leading = Some(draft.leading.map_or(leading, |known| known.min(leading)));
            }
            draft.bbox = draft.bbox.union(line.bbox);
            draft.lines.push(line);
        } else {
            open.push(drafts.len());
            drafts.push(Draft {
                bbox: line.bbox,
                lines: vec![line],
                frame,
                opening,
                leading: None,
                figure: None,
            });
        }
    }
    drafts
}

/// The smallest frame around a line.
fn frame_of(bbox: BBox, frames: &[BBox]) -> Option<usize> {
    frames
        .iter()
        .enumerate()
        .filter(|(_, frame)| frame.holds(bbox) && frame.x0 <= bbox.x0 + 2.0 && frame.x1 >= bbox.x1 - 2.0)
        .min_by(|one, other| (one.1.width() * one.1.height()).total_cmp(&(other.1.width() * other.1.height())))
        .map(|(index, _)| index)
}

fn opening(line: &Line) -> Opening {
    if line.head == Head::Disc {
        return Opening::Disc;
    }
    match line.parts.first() {
        Some(Part::Mark(_)) => Opening::Marked,
        Some(Part::Word(token)) => {
            let first = token.string.chars().next().unwrap_or(' ');
            let alone = token.string.chars().count() == 1;
            if BULLETS.contains(first) && line.parts.len() > 1
                || alone && "–-".contains(first) && line.words().nth(1).is_some_and(|next| !is_number(&next.string))
            {
                Opening::Bullet
            } else if star_mark(line).is_some() || superscript_label(&token.string).is_some_and(|(_, rest)| !rest.is_empty() || line.parts.len() > 1)
            {
                Opening::Marked
            } else {
                Opening::Plain
            }
        }
        None => Opening::Plain,
    }
}

/// The `**` that a note starts with.
fn star_mark(line: &Line) -> Option<String> {
    let first = line.words().next()?;
    let stars: String = first
        .string
        .chars()
        .take_while(|character| matches!(character, '*' | '†' | '‡'))
        .collect();
    (!stars.is_empty() && (stars.len() < first.string.len() || line.parts.len() > 1)).then_some(stars)
}

/// The raised digits that a word starts with, and what follows them.
fn superscript_label(string: &str) -> Option<(String, &str)> {
    let digit = |character: char| match character {
        '\u{b9}' => Some('1'),
        '\u{b2}' => Some('2'),
        '\u{b3}' => Some('3'),
        '\u{2070}' => Some('0'),
        '\u{2074}'..='\u{2079}' => char::from_digit(u32::from(character) - 0x2070, 10),
        _ => None,
    };
    let label: String = string.chars().map_while(digit).collect();
    let bytes: usize = string
        .chars()
        .take_while(|character| digit(*character).is_some())
        .map(char::len_utf8)
        .sum();
    (!label.is_empty()).then(|| (label, &string[bytes..]))
}

/// Whether a line carries on a block.
fn continues(draft: &Draft, line: &Line, frame: Option<usize>) -> bool {
    let Some(last) = draft.lines.last() else { return false };
    if last.turn != line.turn || draft.frame != frame {
        return false;
    }
    if is_number(&last.string()) && is_number(&line.string()) {
        // Two figures above one another are ticks, or a column.
        return false;
    }
    let size = last.size.max(line.size);
    let ratio = last.size / line.size;
    let down = line.baseline - last.baseline;
    let limit = draft
        .leading
        .map_or(LEADING * size, |leading| (leading * LEADING_JUMP + 0.3).min(LEADING * size * 1.1));
    if !(0.92..1.09).contains(&ratio) || !(0.5 * size..=limit).contains(&down) {
        return false;
    }
    if matches!(
        (last.weight, line.weight),
        (Weight::Bold, Weight::Regular) | (Weight::Regular, Weight::Bold)
    ) {
        return false;
    }
    if let (Some(one), Some(other)) = (last.colour, line.colour) {
        let apart: i32 = one.iter().zip(other).map(|(one, other)| (i32::from(*one) - i32::from(other)).abs()).sum();
        if apart > 90 {
            return false;
        }
    }
    if is_number(&line.string()) != is_number(&last.string()) && (last.words().count() == 1 || line.words().count() == 1) && draft.lines.len() == 1 {
        // A lone figure over or under words stands out; it is no part of a sentence, unless a sentence's last word wrapped.
        let wrapped = is_number(&line.string()) && last.words().count() > 3 || is_number(&last.string()) && last.words().count() > 3;
        if !wrapped {
            return false;
        }
    }
    if draft.lines.len() > 1 && line.weight != Weight::Bold && would_have_fitted(draft, last, line) {
        return false;
    }
    if draft.lines.len() == 1 && line.weight == Weight::Regular && would_have_fitted(draft, last, line) {
        return false;
    }
    let overlap = last.end.min(line.end) - last.start.max(line.start);
    let narrow = (last.end - last.start).min(line.end - line.start);
    let first_of_draft = draft.lines.len() == 1;
    let left = line.start - last.start;
    let aligned = left.abs() <= 1.3 * size
        || (f64::midpoint(line.start, line.end) - f64::midpoint(last.start, last.end)).abs() <= 1.3 * size
        || (line.end - last.end).abs() <= 1.3 * size
        || first_of_draft && left.abs() <= 4.5 * size;
    overlap >= 0.5 * narrow && aligned
}

/// Whether the first word of a line had room on the line above: then the break was meant, and a paragraph ends there.
fn would_have_fitted(draft: &Draft, last: &Line, line: &Line) -> bool {
    let Some(word) = line.words().next() else { return false };
    let left = draft.lines.iter().map(|line| line.start).fold(f64::INFINITY, f64::min);
    let right = draft.lines.iter().map(|line| line.end).fold(line.end, f64::max);
    let flush = (line.start - left).abs() < 0.4 * line.size
        && (draft.lines.len() == 1 || (last.start - left).abs() < 0.4 * line.size || draft.lines.len() == 2);
    flush && last.end + 0.5 * line.size + (word.end - word.start) < right - 0.5 * line.size
}

/// Puts each figure standing out together with its caption.
fn with_captions(drafts: Vec<Draft>, frames: &[BBox], body: f64) -> Vec<Draft> {
    let stands_out: Vec<bool> = drafts.iter().map(|draft| is_figure(draft) && stands_out(draft, body)).collect();
    let mut used = vec![false; drafts.len()];
    let mut caption: Vec<Option<usize>> = vec![None; drafts.len()];
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    let figures: Vec<usize> = (0..drafts.len()).filter(|index| stands_out[*index]).take(400).collect();
    for figure in figures {
        for (index, draft) in drafts.iter().enumerate() {
            if index == figure || stands_out[index] || is_figure(draft) {
                continue;
            }
            // Of several figures in one box the first bears the caption outside it.
            let follows = drafts[figure].frame.is_some()
                && draft.frame != drafts[figure].frame
                && drafts
                    .iter()
                    .zip(&stands_out)
                    .any(|(other, out)| *out && other.frame == drafts[figure].frame && other.bbox.x0 < drafts[figure].bbox.x0 - 1.0);
            if follows {
                continue;
            }
            if let Some(distance) = caption_distance(&drafts[figure], draft, frames) {
                pairs.push((distance, figure, index));
            }
        }
    }
    // Of figures about as near, the leftmost.
    let key = |pair: &(f64, usize, usize)| ((pair.0 / 2.0).round() as i64, (drafts[pair.1].bbox.x0 * 10.0) as i64, pair.1, pair.2);
    pairs.sort_by_key(key);
    for (_, figure, index) in pairs {
        if caption[figure].is_none() && !used[index] {
            caption[figure] = Some(index);
            used[index] = true;
        }
    }
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    let mut joined = Vec::with_capacity(drafts.len());
    for figure in 0..drafts.len() {
        if used[figure] {
            continue;
        }
        let Some(mut draft) = drafts[figure].take() else { continue };
        draft.figure = stands_out[figure].then_some(0);
        if let Some(index) = caption[figure]
            && let Some(words) = drafts[index].take()
        {
            let above = words.bbox.top < draft.bbox.top && words.lines[0].baseline < draft.lines[0].baseline - 1.0;
            let bbox = draft.bbox.union(words.bbox);
            if above {
                draft.figure = Some(words.lines.len());
                let mut lines = words.lines;
                lines.append(&mut draft.lines);
                draft.lines = lines;
            } else {
                draft.lines.extend(words.lines);
            }
            draft.bbox = bbox;
        }
        joined.push(draft);
    }
    joined
}

/// Whether a block is nothing but one figure, with its sign, arrow or percent.
fn is_figure(draft: &Draft) -> bool {
    if draft.lines.len() != 1 || draft.lines[0].turn != 0 || draft.opening != Opening::Plain {
        return false;
    }
    let line = &draft.lines[0];
    let mut numbers = 0;
    let plain = line.words().all(|word| {
        let parts = word.string.chars().filter(|character| matches!(character, '-' | '/' | ':')).count();
        let number = is_figure_word(&word.string) && word.string.chars().count() <= 24 && parts < 2;
        numbers += usize::from(number);
        number || word.string.chars().all(|character| "+-–−±%~<>≈↑↓▲▼↗↘→".contains(character))
    });
    plain && (1..=3).contains(&numbers)
}

/// Whether a figure is larger than the text, or bold and alone.
fn stands_out(draft: &Draft, body: f64) -> bool {
    let line = &draft.lines[0];
    line.size > 1.12 * body || line.weight == Weight::Bold
}

/// How far some words are from a figure that they may be the caption of.
fn caption_distance(figure: &Draft, words: &Draft, frames: &[BBox]) -> Option<f64> {
    if words.lines[0].turn != 0 || words.opening != Opening::Plain {
        return None;
    }
    let letters = words.lines.iter().flat_map(Line::words).map(|word| word.glyphs.len()).sum::<usize>();
    let size = figure.lines[0].size;
    if !(3..=160).contains(&letters) || words.lines[0].size > 1.05 * size {
        return None;
    }
    let sentence = words.lines.last().is_some_and(|line| line.string().ends_with('.')) && words.lines.iter().flat_map(Line::words).count() > 12;
    if sentence && words.frame.is_none() {
        return None;
    }
    let (one, other) = (figure.bbox, words.bbox);
    if words.frame != figure.frame {
        // A figure in a small box of its own, its caption right under or over the box.
        let frame = frames[figure.frame?];
        let small = frame.width() < 16.0 * size && frame.height() < 7.0 * size;
        let centre = (f64::midpoint(frame.x0, frame.x1) - f64::midpoint(other.x0, other.x1)).abs();
        let aligned = centre < 1.5 * size || (frame.x0 - other.x0).abs() < size;
        let gap = (other.top - frame.bottom).max(frame.top - other.bottom);
        return (words.frame.is_none() && small && aligned && (-0.3 * size..1.4 * size).contains(&gap)).then_some(3.0 * size + gap.max(0.0));
    }
    let overlap = one.x1.min(other.x1) - one.x0.max(other.x0);
    let level = one.bottom.min(other.bottom) - one.top.max(other.top);
    let centre = (f64::midpoint(one.x0, one.x1) - f64::midpoint(other.x0, other.x1)).abs();
    let aligned = (one.x0 - other.x0).abs() < size || centre < size || figure.frame.is_some() && (one.x1 - other.x1).abs() < size;
    // Right edges that happen to be level are a weak sign.
    let doubt = if (one.x0 - other.x0).abs() < size || centre < size {
        0.0
    } else {
        0.8 * size
    };
    let below = other.top - one.bottom;
    let above = one.top - other.bottom;
    let slack = -0.45 * size;
    let tile = figure
        .frame
        .is_some_and(|frame| frames[frame].height() < 12.0 * size && frames[frame].width() < 30.0 * size);
    let reach = if tile {
        2.5 * size
    } else if centre < 0.8 * size {
        2.2 * size
    } else {
        1.3 * size
    };
    if overlap > 0.0 && (aligned || tile) && below >= slack && below <= reach {
        return Some(below.max(0.0) + doubt);
    }
    if overlap > 0.0 && (aligned || tile) && above >= slack && above <= reach {
        return Some(above.max(0.0) + 0.35 * size + doubt);
    }
    let right = other.x0 - one.x1;
    if level > 0.3 * one.height().min(other.height()) && (-0.2 * size..1.6 * size).contains(&right) {
        return Some(right.max(0.0) * 0.8);
    }
    let left = one.x0 - other.x1;
    if level > 0.3 * one.height().min(other.height()) && (-0.2 * size..1.6 * size).contains(&left) {
        return Some(left.max(0.0) + 0.2 * size);
    }
    None
}

fn block(draft: &Draft, body: f64, page: u32) -> Option<Block> {
    let headline = draft.figure;
    let is_headline = headline.is_some();
    let mut text = Text::default();
    let mut labels_found = Vec::new();
    for (index, line) in draft.lines.iter().enumerate() {
        let mut line_text = line.text(page);
        if index == 0 && draft.opening != Opening::Plain {
            line_text = without_opening(line_text, &draft.opening, line, &mut labels_found);
        }
        let breaks = is_headline && headline.is_some_and(|figure| index == figure || index == figure + 1) && index > 0;
        append_line(&mut text, &line_text, if breaks { "\n" } else { " " });
    }
    let text = text.trimmed();
    if text.string.is_empty() {
        return None;
    }
    let kind = match draft.opening {
        Opening::Bullet | Opening::Disc => BlockKind::List,
        Opening::Marked if !labels_found.is_empty() => BlockKind::Note,
        _ if is_headline => BlockKind::Headline,
        _ if is_heading(draft, &text.string, body) => BlockKind::Heading,
        _ => BlockKind::Paragraph,
    };
    let level = if kind == BlockKind::Heading {
        level(draft.lines[0].size / body)
    } else {
        0
    };
    Some(Block {
        kind,
        level,
        labels: labels_found,
        text,
        region: Region::Box { page, bbox: draft.bbox },
    })
}

/// Takes the bullet or the note's own mark off its first line.
fn without_opening(text: Text, opening: &Opening, line: &Line, found: &mut Vec<String>) -> Text {
    if *opening == Opening::Bullet {
        let first = text.string.chars().next().map_or(0, char::len_utf8);
        return text.slice(first..text.string.len()).trimmed();
    }
    if *opening == Opening::Disc {
        return text;
    }
    let mut text = text;
    if let Some(Part::Mark(mark)) = line.parts.first() {
        found.extend(labels(&mark.string));
        text.marks.retain(|mark| mark.at > 0);
        return text;
    }
    if let Some(stars) = star_mark(line) {
        let rest = text.slice(stars.len()..text.string.len()).trimmed();
        found.push(stars);
        return rest;
    }
    // Raised characters have become marks at the head of the text.
    found.extend(text.marks.iter().filter(|mark| mark.at == 0).map(|mark| mark.label.clone()));
    text.marks.retain(|mark| mark.at > 0);
    text
}

/// The words of some lines as one text, as in a paragraph.
pub(super) fn text_of(mut lines: Vec<Line>, page: u32) -> Text {
    lines.sort_by(|one, other| {
        let level = (one.baseline - other.baseline).abs() < 0.3 * one.size.min(other.size);
        if level {
            one.start.total_cmp(&other.start)
        } else {
            one.baseline.total_cmp(&other.baseline)
        }
    });
    let mut text = Text::default();
    for line in lines {
        append_line(&mut text, &line.text(page), " ");
    }
    text.trimmed()
}

/// Appends a line; a word that the line's end broke is joined.
fn append_line(text: &mut Text, line: &Text, separator: &str) {
    let broken = text.string.ends_with('\u{ad}');
    let hyphen = text.string.ends_with('-') || text.string.ends_with('\u{2010}');
    if broken || hyphen && is_broken_word(&text.string, &line.string) {
        let last = text.string.chars().next_back().map_or(0, char::len_utf8);
        *text = text.slice(0..text.string.len() - last);
        text.append(line, "");
    } else if hyphen && line.string.starts_with(char::is_alphanumeric) && text.string.chars().nth_back(1).is_some_and(char::is_alphabetic) {
        text.append(line, "");
    } else {
        text.append(line, separator);
    }
}

/// Whether the hyphen at a line's end only marks the break: between small letters, and not after a part that takes a hyphen of its own.
fn is_broken_word(before: &str, after: &str) -> bool {
    let head = before.trim_end_matches(['-', '\u{2010}']);
    let part: String = head
        .chars()
        .rev()
        .take_while(|character| character.is_alphanumeric() || *character == '-')
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let keeps = [
        "non",
        "self",
        "co",
        "ex",
        "anti",
        "pre",
        "post",
        "re",
        "semi",
        "multi",
        "sub",
        "inter",
        "intra",
        "cross",
        "mid",
        "well",
        "long",
        "short",
        "high",
        "low",
        "half",
        "all",
        "off",
        "on",
        "in",
        "out",
        "up",
        "year",
        "month",
        "week",
        "day",
        "end",
        "first",
        "second",
        "third",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "one",
        "ground",
        "decision",
        "third",
        "government",
        "state",
        "iom",
        "un",
        "cash",
        "community",
        "data",
        "south",
        "north",
        "east",
        "west",
    ];
    part.chars().count() >= 2
        && part
            .chars()
            .all(|character| character.is_lowercase() || character.is_uppercase() && part.starts_with(character))
        && after.chars().next().is_some_and(char::is_lowercase)
        && !keeps.contains(&part.to_lowercase().as_str())
}

fn is_heading(draft: &Draft, string: &str, body: f64) -> bool {
    let letters: Vec<char> = string.chars().filter(|character| character.is_alphabetic()).collect();
    if draft.lines.len() > 3 || letters.len() < 2 || string.chars().count() > 200 || draft.lines[0].turn != 0 {
        return false;
    }
    let size = draft.lines[0].size;
    let bold = draft.lines.iter().all(|line| line.weight == Weight::Bold);
    let capitals = letters.iter().all(|letter| !letter.is_lowercase());
    let sentence = string.trim_end().ends_with('.') && string.split_whitespace().count() > 6;
    !sentence && (size > 1.09 * body || bold && size > 0.9 * body || capitals && letters.len() > 5 && size > 0.85 * body)
}

/// Rank of a heading by how much larger than the text it is.
fn level(ratio: f64) -> u8 {
    match ratio {
        _ if ratio > 1.5 => 1,
        _ if ratio > 1.2 => 2,
        _ => 3,
    }
}
