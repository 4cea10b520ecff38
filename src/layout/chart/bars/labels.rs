//! The numbers printed at bars: which is whose.

use super::{Bar, Direction, Span};
use crate::layout::chart::{ChartKind, Sketch};

/// What stands at a bar.
#[derive(Debug, Clone, Default)]
pub(super) struct Dressed {
    pub(super) label: Option<usize>,
}

/// The number printed at each bar: at its tip, or in it.
pub(super) fn value_labels(bars: &[Bar], kind: ChartKind, free: &[usize], direction: Direction, sketch: &Sketch<'_>) -> Vec<Dressed> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    let numbers: Vec<(usize, Span, f64)> = free
        .iter()
        .filter(|index| sketch.figure(**index).is_some())
        .map(|index| (*index, Span::of(sketch.labels[*index].bbox, direction), sketch.labels[*index].size))
        .collect();
    for (place, bar) in bars.iter().enumerate() {
        for (label, span, size) in &numbers {
            let across = (span.middle() - bar.middle()).abs();
            let wide = bar.thickness().max(span.to - span.from);
            if across > 0.5 * wide.max(*size) {
                continue;
            }
            let middle = f64::midpoint(span.near, span.far);
            let (foot, top) = (bar.base.min(bar.tip), bar.base.max(bar.tip));
            let inside = middle > foot && middle < top;
            let (behind, to_tip) = if bar.sign() < 0.0 {
                (bar.tip - span.far, span.near - bar.tip)
            } else {
                (span.near - bar.tip, bar.tip - span.far)
            };
            let distance = if inside {
                // In the bar, whether at its tip, its middle or its foot.
                if kind == ChartKind::StackedBar {
                    0.0
                } else {
                    to_tip.max(0.0).min(bar.length() * 0.5) * 0.2 + 0.5 * size
                }
            } else if kind != ChartKind::StackedBar && (-0.7 * size..1.8 * size).contains(&behind) {
                behind.abs()
            } else {
                continue;
            };
            pairs.push((distance + 2.0 * across, place, *label));
        }
    }
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)).then(one.2.cmp(&other.2)));
    let mut dressed = vec![Dressed::default(); bars.len()];
    let mut taken = std::collections::BTreeSet::new();
    for (_, bar, label) in pairs {
        if dressed[bar].label.is_none() && taken.insert(label) {
            dressed[bar].label = Some(label);
        }
    }
    dressed
}
