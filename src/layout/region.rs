//! A place in a document: bytes of its decoded text, or a box on a page.

/// A box in points from the top left of the page as shown.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct BBox {
    /// Left.
    pub x0: f64,
    /// Top.
    pub top: f64,
    /// Right.
    pub x1: f64,
    /// Bottom.
    pub bottom: f64,
}

impl BBox {
    /// The smallest box around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            x0: lesser(self.x0, other.x0),
            top: lesser(self.top, other.top),
            x1: greater(self.x1, other.x1),
            bottom: greater(self.bottom, other.bottom),
        }
    }

    /// Width in points.
    pub fn width(self) -> f64 {
        self.x1 - self.x0
    }

    /// Height in points.
    pub fn height(self) -> f64 {
        self.bottom - self.top
    }

    /// Its middle.
    pub(crate) fn middle(self) -> (f64, f64) {
        // Places are far from the ends of their type, and this is asked more often than anything else.
        (0.5 * (self.x0 + self.x1), 0.5 * (self.top + self.bottom))
    }

    /// Whether the middle of `other` lies inside.
    pub fn holds(self, other: Self) -> bool {
        let (x, y) = other.middle();
        self.x0 <= x && x <= self.x1 && self.top <= y && y <= self.bottom
    }
}

/// The lesser of two numbers, by the one instruction that does not ask whether they are numbers.
pub(crate) fn lesser(one: f64, other: f64) -> f64 {
    if other < one { other } else { one }
}

/// The greater of two numbers, as above.
pub(crate) fn greater(one: f64, other: f64) -> f64 {
    if other > one { other } else { one }
}

/// Where some characters stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Region {
    /// Bytes of the decoded text of the snapshot, end not included; `Source` maps them to the file.
    Bytes {
        /// First byte.
        start: usize,
        /// Byte after the last.
        end: usize,
    },
    /// A box on a page, pages from 1.
    Box {
        /// Page.
        page: u32,
        /// Box.
        bbox: BBox,
    },
}

impl Region {
    /// The smallest region around both; boxes of another page do not count.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        match (self, other) {
            (Self::Bytes { start, end }, Self::Bytes { start: first, end: last }) => Self::Bytes {
                start: start.min(first),
                end: end.max(last),
            },
            (Self::Box { page, bbox }, Self::Box { page: same, bbox: with }) if page == same => Self::Box {
                page,
                bbox: bbox.union(with),
            },
            _ => self,
        }
    }

    /// The box, for PDF.
    pub fn bbox(self) -> Option<BBox> {
        match self {
            Self::Box { bbox, .. } => Some(bbox),
            Self::Bytes { .. } => None,
        }
    }
}
