//! The `d` of a path to straight strokes, split at each move-to.

use super::matrix::number;
use crate::layout::chart::{Ends, Place};

/// Strokes that a curve is cut into.
const STROKES_OF_A_CURVE: u32 = 8;

/// Degrees of an arc that one stroke stands for, at most.
const DEGREES_OF_A_STROKE: f64 = 10.0;

/// Points of a drawing's paths at most; what comes after is left out.
pub(super) const MOST_POINTS: usize = 400_000;

/// A part of a path.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Strokes {
    pub(super) points: Vec<Place>,
    pub(super) ends: Ends,
}

/// Reads a path. What cannot be read ends it, as in browsers.
pub(super) fn strokes(data: &str) -> Vec<Strokes> {
    let mut pen = Pen {
        data,
        at: (0.0, 0.0),
        start: (0.0, 0.0),
        handle: None,
        done: Vec::new(),
        points: Vec::new(),
        count: 0,
    };
    let mut command = None;
    loop {
        pen.skip_joints();
        let Some(next) = pen.data.chars().next() else { break };
        if next.is_ascii_alphabetic() {
            command = Some(next);
            pen.data = &pen.data[1..];
            if matches!(next, 'z' | 'Z') {
                pen.finish(Ends::Closed);
                pen.at = pen.start;
                command = None;
                continue;
            }
        }
        let Some(current) = command else { break };
        if pen.count > MOST_POINTS || pen.step(current).is_none() {
            break;
        }
        // More numbers after a move-to are lines.
        command = Some(match current {
            'm' => 'l',
            'M' => 'L',
            other => other,
        });
    }
    pen.finish(Ends::Open);
    pen.done
}

/// Where the path has got to.
struct Pen<'a> {
    data: &'a str,
    at: Place,
    start: Place,
    /// The last control point, with the command it came from in lower case.
    handle: Option<(char, Place)>,
    done: Vec<Strokes>,
    points: Vec<Place>,
    count: usize,
}

impl Pen<'_> {
    fn skip_joints(&mut self) {
        self.data = self
            .data
            .trim_start_matches(|character: char| character.is_ascii_whitespace() || character == ',');
    }

    fn number(&mut self) -> Option<f64> {
        self.skip_joints();
        let (value, length) = number(self.data)?;
        self.data = &self.data[length..];
        Some(value)
    }

    /// A flag of an arc, which needs nothing between it and the next number.
    fn flag(&mut self) -> Option<bool> {
        self.skip_joints();
        let flag = match self.data.bytes().next()? {
            b'0' => false,
            b'1' => true,
            _ => return None,
        };
        self.data = &self.data[1..];
        Some(flag)
    }

    fn place(&mut self, relative: bool) -> Option<Place> {
        let (x, y) = (self.number()?, self.number()?);
        Some(if relative { (self.at.0 + x, self.at.1 + y) } else { (x, y) })
    }

    fn finish(&mut self, ends: Ends) {
        let points = std::mem::take(&mut self.points);
        if points.len() > 1 {
            self.done.push(Strokes { points, ends });
        }
    }

    fn line_to(&mut self, to: Place) {
        if self.points.is_empty() {
            self.points.push(self.at);
        }
        self.points.push(to);
        self.count += 1;
        self.at = to;
    }

    fn step(&mut self, command: char) -> Option<()> {
        let relative = command.is_ascii_lowercase();
        let kind = command.to_ascii_lowercase();
        let mut handle = None;
        match kind {
            'm' => {
                let to = self.place(relative)?;
                self.finish(Ends::Open);
                (self.at, self.start) = (to, to);
            }
            'l' => {
                let to = self.place(relative)?;
                self.line_to(to);
            }
            'h' => {
                let x = self.number()?;
                self.line_to((if relative { self.at.0 + x } else { x }, self.at.1));
            }
            'v' => {
                let y = self.number()?;
                self.line_to((self.at.0, if relative { self.at.1 + y } else { y }));
            }
            'c' | 's' => {
                let first = if kind == 'c' {
                    self.place(relative)?
                } else {
                    self.mirrored(&['c', 's'])
                };
                let (second, to) = (self.place(relative)?, self.place(relative)?);
                self.curve(first, second, to);
                handle = Some((kind, second));
            }
            'q' | 't' => {
                let control = if kind == 'q' {
                    self.place(relative)?
                } else {
                    self.mirrored(&['q', 't'])
                };
                let to = self.place(relative)?;
                let third = |end: Place| (end.0 + (control.0 - end.0) * 2.0 / 3.0, end.1 + (control.1 - end.1) * 2.0 / 3.0);
                self.curve(third(self.at), third(to), to);
                handle = Some((kind, control));
            }
            'a' => {
                let (radius_x, radius_y, turn) = (self.number()?, self.number()?, self.number()?);
                let (large, sweep) = (self.flag()?, self.flag()?);
                let to = self.place(relative)?;
                self.arc((radius_x.abs(), radius_y.abs()), turn.to_radians(), large, sweep, to);
            }
            _ => return None,
        }
        self.handle = handle;
        Some(())
    }

    /// The last control point seen from the other side.
    fn mirrored(&self, kinds: &[char]) -> Place {
        match self.handle {
            Some((kind, (x, y))) if kinds.contains(&kind) => (2.0 * self.at.0 - x, 2.0 * self.at.1 - y),
            _ => self.at,
        }
    }

    fn curve(&mut self, first: Place, second: Place, to: Place) {
        let from = self.at;
        for step in 1..=STROKES_OF_A_CURVE {
            let t = f64::from(step) / f64::from(STROKES_OF_A_CURVE);
            let s = 1.0 - t;
            let mix = |a: f64, b: f64, c: f64, d: f64| s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d;
            self.line_to((mix(from.0, first.0, second.0, to.0), mix(from.1, first.1, second.1, to.1)));
        }
        self.at = to;
    }

    /// An elliptic arc, by the formulas of SVG 1.1, appendix F.6.5.
    fn arc(&mut self, (mut radius_x, mut radius_y): Place, turn: f64, large: bool, sweep: bool, to: Place) {
        let from = self.at;
        if radius_x < 1e-9 || radius_y < 1e-9 || from == to {
            self.line_to(to);
            return;
        }
        let (sine, cosine) = turn.sin_cos();
        let (half_x, half_y) = ((from.0 - to.0) / 2.0, (from.1 - to.1) / 2.0);
        let (x, y) = (cosine * half_x + sine * half_y, -sine * half_x + cosine * half_y);
        let short = (x / radius_x).powi(2) + (y / radius_y).powi(2);
        if short > 1.0 {
            radius_x *= short.sqrt();
            radius_y *= short.sqrt();
        }
        let (square_x, square_y) = (radius_x * radius_x, radius_y * radius_y);
        let below = square_x * y * y + square_y * x * x;
        let factor = ((square_x * square_y - below).max(0.0) / below).sqrt() * if large == sweep { -1.0 } else { 1.0 };
        let (middle_x, middle_y) = (factor * radius_x * y / radius_y, -factor * radius_y * x / radius_x);
        let center = (
            cosine * middle_x - sine * middle_y + f64::midpoint(from.0, to.0),
            sine * middle_x + cosine * middle_y + f64::midpoint(from.1, to.1),
        );
        let start = ((y - middle_y) / radius_y).atan2((x - middle_x) / radius_x);
        let end = ((-y - middle_y) / radius_y).atan2((-x - middle_x) / radius_x);
        let mut sweep_angle = end - start;
        if sweep && sweep_angle < 0.0 {
            sweep_angle += std::f64::consts::TAU;
        } else if !sweep && sweep_angle > 0.0 {
            sweep_angle -= std::f64::consts::TAU;
        }
        let steps = (sweep_angle.abs().to_degrees() / DEGREES_OF_A_STROKE).ceil().clamp(1.0, 37.0);
        let mut step = 1.0;
        while step < steps {
            let angle = start + sweep_angle * step / steps;
            let (px, py) = (radius_x * angle.cos(), radius_y * angle.sin());
            self.line_to((center.0 + cosine * px - sine * py, center.1 + sine * px + cosine * py));
            step += 1.0;
        }
        self.line_to(to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes each part as its points, rounded, with `z` where it is closed.
    fn check(data: &str, expected: &[&str]) {
        let written: Vec<String> = strokes(data)
            .iter()
            .map(|part| {
                let points: Vec<String> = part.points.iter().map(|(x, y)| format!("{x:.0},{y:.0}")).collect();
                format!("{}{}", points.join(" "), if part.ends == Ends::Closed { " z" } else { "" })
            })
            .collect();
        assert_eq!(written, expected, "{data}");
    }

    #[test]
    fn a_whole_series_in_one_path_is_split_into_its_bars() {
        check(
            "M0 100V20H10V100ZM20 100V60H30V100Z",
            &["0,100 0,20 10,20 10,100 z", "20,100 20,60 30,60 30,100 z"],
        );
        check("M5 2h40v9h-40z", &["5,2 45,2 45,11 5,11 z"]);
    }

    #[test]
    fn numbers_need_no_joints() {
        check("M1-2L.5.5-1e1,3", &["1,-2 0,0 -10,3"]);
        check("m1,1 2,0 0,2", &["1,1 3,1 3,3"]);
    }

    #[test]
    fn curves_and_arcs_end_where_they_say() {
        let parts = strokes("M0 0C0 10 10 10 10 0S20-10 20 0");
        assert_eq!(parts[0].points.last(), Some(&(20.0, 0.0)));
        let parts = strokes("M10 0A10 10 0 1 1 -10 0A10 10 0 11 10 0");
        let on_circle = |point: &Place| ((point.0 * point.0 + point.1 * point.1).sqrt() - 10.0).abs() < 1e-6;
        assert!(parts[0].points.iter().all(on_circle));
        assert!(parts[0].points.len() > 30);
    }

    #[test]
    fn what_cannot_be_read_ends_the_path() {
        check("M0 0L10 10Lx 20", &["0,0 10,10"]);
        check("10 10", &[]);
        check("", &[]);
        check("M0 0 L é", &[]);
    }
}
