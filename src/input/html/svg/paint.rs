//! What a shape is painted with: SVG's and CSS's colours as red, green and blue.

use std::borrow::Cow;

use crate::layout::chart::Colour;

/// What a fill or stroke says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Paint {
    /// Nothing is painted.
    None,
    /// A colour and how much it covers, 0 to 1.
    Plain(Colour, f64),
}

impl Paint {
    /// The colour on white paper; none where nothing is seen.
    pub(super) fn on_white(self, cover: f64) -> Option<Colour> {
        match self {
            Self::None => None,
            Self::Plain(colour, own) => {
                let cover = (own * cover).clamp(0.0, 1.0);
                (cover > 0.01).then(|| colour.map(|part| (f64::from(part) * cover + 255.0 * (1.0 - cover)).round() as u8))
            }
        }
    }
}

/// Reads a colour; none if it is not understood. Gradients and patterns count as a middle grey.
pub(super) fn paint(value: &str) -> Option<Paint> {
    let value = value.trim();
    let value: Cow<'_, str> = if value.bytes().any(|byte| byte.is_ascii_uppercase()) {
        value.to_ascii_lowercase().into()
    } else {
        value.into()
    };
    if matches!(value.as_ref(), "none" | "transparent") {
        return Some(Paint::None);
    }
    if value.starts_with("url(") {
        return Some(Paint::Plain([128; 3], 1.0));
    }
    if let Some(digits) = value.strip_prefix('#') {
        return hexadecimal(digits);
    }
    if let Some((function, arguments)) = value.strip_suffix(')').and_then(|value| value.split_once('(')) {
        return function_of(function.trim(), arguments);
    }
    named(&value).map(|colour| Paint::Plain(colour, 1.0))
}

fn hexadecimal(digits: &str) -> Option<Paint> {
    let mut values = [0; 8];
    let values = values.get_mut(..digits.len())?;
    for (value, digit) in values.iter_mut().zip(digits.bytes()) {
        *value = char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())?;
    }
    let mut bytes = [0, 0, 0, u8::MAX];
    match values.len() {
        3 | 4 => bytes.iter_mut().zip(values).for_each(|(byte, value)| *byte = *value * 17),
        6 | 8 => bytes
            .iter_mut()
            .zip(values.chunks(2))
            .for_each(|(byte, pair)| *byte = pair[0] * 16 + pair[1]),
        _ => return None,
    }
    let cover = f64::from(bytes[3]) / 255.0;
    Some(Paint::Plain([bytes[0], bytes[1], bytes[2]], cover))
}

fn function_of(function: &str, arguments: &str) -> Option<Paint> {
    if function == "light-dark" {
        // Looked at on a light screen; the comma between the two stands outside brackets.
        let mut depth = 0_i32;
        let light = arguments.split(|character| {
            depth += i32::from(character == '(') - i32::from(character == ')');
            character == ',' && depth == 0
        });
        return light.take(1).next().filter(|light| !light.contains("light-dark")).and_then(paint);
    }
    let parts: Vec<&str> = arguments.split([',', ' ', '/']).filter(|part| !part.is_empty()).collect();
    let number = |index: usize, of_percent: f64| {
        let part: &str = parts.get(index)?;
        match part.strip_suffix('%') {
            Some(percent) => percent.parse::<f64>().ok().map(|percent| percent / 100.0 * of_percent),
            None => part.trim_end_matches("deg").parse::<f64>().ok(),
        }
    };
    let cover = if parts.len() > 3 { number(3, 1.0)? } else { 1.0 };
    let colour = match function {
        "rgb" | "rgba" => [number(0, 255.0)?, number(1, 255.0)?, number(2, 255.0)?],
        "hsl" | "hsla" => from_hue(number(0, 360.0)?, number(1, 1.0)?, number(2, 1.0)?),
        _ => return None,
    };
    Some(Paint::Plain(colour.map(|part| part.round().clamp(0.0, 255.0) as u8), cover))
}

fn from_hue(hue: f64, saturation: f64, lightness: f64) -> [f64; 3] {
    let reach = saturation * lightness.min(1.0 - lightness);
    [0.0, 8.0, 4.0].map(|offset| {
        let k = (offset + hue.rem_euclid(360.0) / 30.0) % 12.0;
        255.0 * (lightness - reach * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0))
    })
}

/// The names that charts are painted with; rarer ones of CSS are not understood.
fn named(name: &str) -> Option<Colour> {
    Some(match name {
        "black" | "currentcolor" => [0, 0, 0],
        "white" => [255, 255, 255],
        "gray" | "grey" => [128, 128, 128],
        "lightgray" | "lightgrey" => [211, 211, 211],
        "darkgray" | "darkgrey" => [169, 169, 169],
        "dimgray" | "dimgrey" => [105, 105, 105],
        "silver" => [192, 192, 192],
        "gainsboro" => [220, 220, 220],
        "whitesmoke" => [245, 245, 245],
        "red" => [255, 0, 0],
        "darkred" => [139, 0, 0],
        "firebrick" => [178, 34, 34],
        "crimson" => [220, 20, 60],
        "tomato" => [255, 99, 71],
        "coral" => [255, 127, 80],
        "salmon" => [250, 128, 114],
        "maroon" => [128, 0, 0],
        "brown" => [165, 42, 42],
        "orange" => [255, 165, 0],
        "darkorange" => [255, 140, 0],
        "gold" => [255, 215, 0],
        "yellow" => [255, 255, 0],
        "olive" => [128, 128, 0],
        "green" => [0, 128, 0],
        "lime" => [0, 255, 0],
        "darkgreen" => [0, 100, 0],
        "seagreen" => [46, 139, 87],
        "lightgreen" => [144, 238, 144],
        "teal" => [0, 128, 128],
        "turquoise" => [64, 224, 208],
        "cyan" | "aqua" => [0, 255, 255],
        "blue" => [0, 0, 255],
        "navy" => [0, 0, 128],
        "darkblue" => [0, 0, 139],
        "steelblue" => [70, 130, 180],
        "royalblue" => [65, 105, 225],
        "dodgerblue" => [30, 144, 255],
        "skyblue" => [135, 206, 235],
        "lightblue" => [173, 216, 230],
        "slategray" | "slategrey" => [112, 128, 144],
        "purple" => [128, 0, 128],
        "indigo" => [75, 0, 130],
        "violet" => [238, 130, 238],
        "magenta" | "fuchsia" => [255, 0, 255],
        "pink" => [255, 192, 203],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: Option<Colour>) {
        assert_eq!(paint(value).and_then(|paint| paint.on_white(1.0)), expected, "{value}");
    }

    #[test]
    fn colours_are_read_in_every_notation() {
        check("#0072bc", Some([0, 114, 188]));
        check("#FFF", Some([255, 255, 255]));
        check("#00000080", Some([127, 127, 127]));
        check("rgb(0, 114, 188)", Some([0, 114, 188]));
        check("rgba(0 0 0 / 50%)", Some([128, 128, 128]));
        check("hsl(120, 100%, 25%)", Some([0, 128, 0]));
        check("SteelBlue", Some([70, 130, 180]));
        check("light-dark(#544fc5, #00e272)", Some([84, 79, 197]));
        check("light-dark(rgb(230, 233, 255), rgb(26,33,61))", Some([230, 233, 255]));
        check("none", None);
        check("#12345", None);
        check("rgb(", None);
        check("light-dark()", None);
        check("light-dark(light-dark(red, blue), green)", None);
    }
}
