//! How each kind of thing looks where it is laid over a page, and what the strip calls it.

use crate::{
    input::sheet::{Edge, Ink, Look, Wash},
    layout::BlockKind,
};

/// A kind of thing that is laid over a page. The order is that of the strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Figure,
    Unclaimed,
    UnreadSection,
    Block(BlockOrder),
    Table,
    HeaderCell,
    Cell,
    Chart,
    Mark,
    MarkLabel,
    UnreadChart,
    UnreadMark,
    UnreadPicture,
    Picture,
}

/// The kinds of blocks, in the order of the strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum BlockOrder {
    Headline,
    Heading,
    Paragraph,
    List,
    Note,
}

/// The colour of what was not read.
const UNREAD: Ink = [208, 0, 0];
const FIGURE: Ink = [214, 0, 108];
const TABLE: Ink = [28, 109, 208];
const CHART: Ink = [0, 128, 80];

impl Kind {
    pub(super) fn of_block(kind: BlockKind) -> Self {
        Self::Block(match kind {
            BlockKind::Headline => BlockOrder::Headline,
            BlockKind::Heading => BlockOrder::Heading,
            BlockKind::Paragraph => BlockOrder::Paragraph,
            BlockKind::List => BlockOrder::List,
            BlockKind::Note => BlockOrder::Note,
        })
    }

    pub(super) fn look(self) -> Look {
        let (ink, edge, wash) = match self {
            Self::Figure => (FIGURE, Edge::Thick, Wash::Tint),
            Self::Unclaimed => ([60, 60, 60], Edge::Dashed, Wash::Clear),
            Self::Block(BlockOrder::Headline) => ([230, 110, 0], Edge::Thick, Wash::Tint),
            Self::Block(BlockOrder::Heading) => ([120, 60, 170], Edge::Thin, Wash::Tint),
            Self::Block(BlockOrder::Paragraph) => ([130, 140, 150], Edge::Thin, Wash::Clear),
            Self::Block(BlockOrder::List) => ([0, 150, 170], Edge::Thin, Wash::Clear),
            Self::Block(BlockOrder::Note) => ([150, 100, 50], Edge::Thin, Wash::Clear),
            Self::Table => (TABLE, Edge::Thick, Wash::Clear),
            Self::HeaderCell => (TABLE, Edge::Thin, Wash::Tint),
            Self::Cell => (TABLE, Edge::Thin, Wash::Clear),
            Self::Chart => (CHART, Edge::Thick, Wash::Clear),
            Self::Mark => (CHART, Edge::Thin, Wash::Tint),
            Self::MarkLabel => (CHART, Edge::Thin, Wash::Clear),
            Self::UnreadChart | Self::UnreadPicture => (UNREAD, Edge::Dashed, Wash::Hatch),
            Self::UnreadSection | Self::UnreadMark => (UNREAD, Edge::Dashed, Wash::Clear),
            Self::Picture => ([160, 160, 160], Edge::Dashed, Wash::Clear),
        };
        Look { ink, edge, wash }
    }

    /// Its name in the strip, for so many.
    pub(super) fn name(self, count: usize) -> String {
        let (one, several) = match self {
            Self::Figure => (
                "figure made into a row, tagged with its rule",
                "figures made into rows, tagged with their rules",
            ),
            Self::Unclaimed => ("number that no rule reads", "numbers that no rule reads"),
            Self::UnreadSection => ("section without a readable figure", "sections without a readable figure"),
            Self::Block(BlockOrder::Headline) => ("figure standing out, with its caption", "figures standing out, with their captions"),
            Self::Block(BlockOrder::Heading) => ("heading", "headings"),
            Self::Block(BlockOrder::Paragraph) => ("paragraph", "paragraphs"),
            Self::Block(BlockOrder::List) => ("entry of a list", "entries of lists"),
            Self::Block(BlockOrder::Note) => ("note", "notes"),
            Self::Table => ("table", "tables"),
            Self::HeaderCell => ("header cell", "header cells"),
            Self::Cell => ("cell", "cells"),
            Self::Chart => ("chart", "charts"),
            Self::Mark => ("mark with its value", "marks with their values"),
            Self::MarkLabel => ("label tied to a mark", "labels tied to marks"),
            Self::UnreadChart => ("chart of which no value was read", "charts of which no value was read"),
            Self::UnreadMark => ("mark without a value", "marks without a value"),
            Self::UnreadPicture => ("picture that may hold figures, not read", "pictures that may hold figures, not read"),
            Self::Picture => (
                "other picture: photograph, logo or ground",
                "other pictures: photographs, logos or grounds",
            ),
        };
        if count == 1 { format!("1 {one}") } else { format!("{count} {several}") }
    }

    /// Whether it says that something was not read.
    pub(super) fn is_unread(self) -> bool {
        matches!(self, Self::UnreadSection | Self::UnreadChart | Self::UnreadMark | Self::UnreadPicture)
    }
}
