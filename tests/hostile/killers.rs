//! Pages that overflow the stack of their reader, fill its memory or keep it busy for ever; only a process of its own survives them.

use super::build::{Objects, text_stream};

/// Each file by what is wrong with it.
pub(super) fn all() -> Vec<(String, Vec<u8>)> {
    vec![
        ("widths-of-billions-of-glyphs".to_owned(), widths()),
        ("a-program-without-end".to_owned(), program()),
        ("forms-that-double-forty-times".to_owned(), forms()),
    ]
}

fn page(resources: &str, content: &str, more: &[&str]) -> Vec<u8> {
    Objects::page(&format!("/Resources<<{resources}>>"), content, more).file("")
}

/// A font that tells the width of every glyph there could be.
fn widths() -> Vec<u8> {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]>>";
    let descendant = "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>/W[0 2147483647 500]>>";
    page("/Font<</F 5 0 R>>", "BT /F 12 Tf 72 700 Td (7,900) Tj ET", &[font, descendant])
}

/// A function whose brackets open and never close.
fn program() -> Vec<u8> {
    let function = text_stream("/FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1]", &"{".repeat(50_000));
    let shading = "<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 9 9]/Function 6 0 R>>";
    page("/Shading<</S 5 0 R>>", "/S sh", &[shading, &function])
}

/// Each form draws the next twice: forty of them draw a million million figures.
fn forms() -> Vec<u8> {
    let form = |resources: &str, content: &str| {
        let entries = format!("/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<<{resources}>>");
        text_stream(&entries, content)
    };
    let mut forms: Vec<String> = (6..46).map(|next| form(&format!("/XObject<</X {next} 0 R>>"), "/X Do /X Do")).collect();
    forms.push(form(
        "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>",
        "BT /F 12 Tf (7,900) Tj ET",
    ));
    let bodies: Vec<&str> = forms.iter().map(String::as_str).collect();
    page("/XObject<</X 5 0 R>>", "/X Do", &bodies)
}
