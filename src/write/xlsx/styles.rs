//! How cells look: colours that stay apart for colour-blind readers and in print, with words beside them.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::schema::Severity;

/// Numbers with grouped thousands and as many decimals as they have.
const NUMBER: &str = "#,##0.##########;-#,##0.##########";
const WHOLE: &str = "#,##0";
const DATE: &str = "yyyy-mm-dd";

/// The looks of cells.
#[derive(Debug)]
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) text: Format,
    pub(super) faint: Format,
    pub(super) wrapped: Format,
    pub(super) header: Format,
    pub(super) edition: Format,
    pub(super) block: Format,
    pub(super) date: Format,
    pub(super) link: Format,
    pub(super) error: Format,
    pub(super) warning: Format,
    number: Format,
    whole: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let text = Format::new().set_align(FormatAlign::Top);
        let coloured = |back: u32, letters: u32| {
            let format = text.clone().set_background_color(Color::RGB(back)).set_font_color(Color::RGB(letters));
            format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(letters))
        };
        let header = text
            .clone()
            .set_bold()
            .set_background_color(Color::RGB(0x1F_3B_57))
            .set_font_color(Color::White);
        Self {
            title: text.clone().set_bold().set_font_size(14),
            faint: text.clone().set_font_color(Color::RGB(0x59_59_59)),
            wrapped: text.clone().set_text_wrap(),
            edition: header.clone().set_align(FormatAlign::Right),
            header,
            block: text.clone().set_bold().set_background_color(Color::RGB(0xDC_E6_F0)),
            date: text.clone().set_num_format(DATE).set_align(FormatAlign::Left),
            link: text.clone().set_font_color(Color::RGB(0x05_63_C1)).set_underline(FormatUnderline::Single),
            error: coloured(0xF8_CB_C6, 0x7A_12_0B).set_bold(),
            warning: coloured(0xFF_EB_B0, 0x5C_43_00),
            number: text.clone().set_num_format(NUMBER),
            whole: text.clone().set_num_format(WHOLE),
            text,
        }
    }

    /// A number, coloured by the worst finding it stands in.
    pub(super) fn figure(&self, number: f64, worst: Option<Severity>) -> Format {
        let pattern = if number.fract() == 0.0 { WHOLE } else { NUMBER };
        match worst {
            Some(Severity::Error) => self.error.clone().set_num_format(pattern),
            Some(Severity::Warning) => self.warning.clone().set_num_format(pattern),
            _ if number.fract() == 0.0 => self.whole.clone(),
            _ => self.number.clone(),
        }
    }
}
