//! Pages whose forms, fonts, patterns, functions and pictures call themselves, nest without end or reckon with no numbers.

use super::build::{Objects, text_stream};

const FORM: &str = "/Type/XObject/Subtype/Form/BBox[0 0 600 900]";

/// Each file by what is wrong with it.
pub(super) fn all() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>| files.push((name.to_owned(), bytes));
    forms(&mut add);
    fonts(&mut add);
    colours(&mut add);
    pictures(&mut add);
    operators(&mut add);
    files
}

fn page(resources: &str, content: &str, more: &[&str]) -> Vec<u8> {
    Objects::page(&format!("/Resources<<{resources}>>"), content, more).file("")
}

fn forms(add: &mut dyn FnMut(&str, Vec<u8>)) {
    let form = |resources: &str, content: &str| text_stream(&format!("{FORM}/Resources<<{resources}>>"), content);
    let own = "/XObject<</X 5 0 R>>";
    add("a-form-in-itself", page(own, "/X Do", &[&form(own, "/X Do")]));
    add("a-form-in-itself-twice", page(own, "/X Do", &[&form(own, "/X Do /X Do")]));
    let other = "/XObject<</X 6 0 R>>";
    add(
        "forms-in-each-other",
        page(own, "/X Do", &[&form(other, "/X Do /X Do"), &form(own, "/X Do /X Do")]),
    );
    let group = format!("{FORM}/Group<</S/Transparency/CS/DeviceRGB>>/Resources<</XObject<</X 5 0 R>>/ExtGState<</G 6 0 R>>>>");
    add(
        "a-mask-of-itself",
        page(
            "/XObject<</X 5 0 R>>/ExtGState<</G 6 0 R>>",
            "/G gs /X Do",
            &[&text_stream(&group, "/G gs /X Do"), "<</SMask<</S/Luminosity/G 5 0 R/TR 6 0 R>>>>"],
        ),
    );
    let zero = form("", "0 0 m 9 9 l S").replace("[0 0 600 900]", "[0 0 0 0]/Matrix[0 0 0 0 0 0]");
    add("a-form-of-no-size", page(own, "/X Do", &[&zero]));
    let wild = form("", "0 0 m 9 9 l S").replace("[0 0 600 900]", "[-1e38 -1e38 1e38 1e38]/Matrix[1e38 1e38 1e38 1e38 1e38 1e38]");
    add("a-form-beyond-numbers", page(own, "/X Do", &[&wild]));
    let annotations = format!("/Annots[{}]", "5 0 R ".repeat(5000));
    let annotation = "<</Type/Annot/Subtype/Widget/Rect[0 0 9 9]/AP<</N 6 0 R>>/Parent 5 0 R/Kids[5 0 R]/V(7,900)/FT/Tx>>";
    let file = Objects::page(&annotations, "", &[annotation, &form(own, "/X Do")]);
    add("five-thousand-fields-that-are-their-own-parents", file.file(""));
}

fn fonts(add: &mut dyn FnMut(&str, Vec<u8>)) {
    let words = "BT /F 12 Tf 72 700 Td (7,900 aaa) Tj ET";
    let resources = "/Font<</F 5 0 R>>";
    let glyph = text_stream("/Resources<</Font<</F 5 0 R>>>>", "1000 0 d0 BT /F 12 Tf (aa) Tj ET");
    let type3 = "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</a 6 0 R>>/Encoding<</Differences[97/a]>>\
                 /FirstChar 97/LastChar 97/Widths[1000]/Resources<</Font<</F 5 0 R>>>>>>";
    add("a-font-drawn-in-itself", page(resources, words, &[type3, &glyph]));
    let wild = type3.replace("[.001 0 0 .001 0 0]", "[0 0 0 0 0 0]");
    add("a-font-of-no-size", page(resources, words, &[&wild, &glyph]));
    let composite = |more: &str| format!("<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]{more}>>");
    let descendant = "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>\
                      /W[5 [1 2 3] 7 -9]/DW -2147483648>>";
    add("a-font-below-itself", page(resources, words, &[&composite(""), &composite("")]));
    for (name, map) in [
        (
            "a-map-of-billions",
            "1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange",
        ),
        (
            "a-map-backwards",
            "1 begincodespacerange <FF> <00> endcodespacerange 1 beginbfrange <FF> <00> <0041> endbfrange",
        ),
        ("a-map-of-itself", "/Own usecmap 1 beginbfchar <41> <D800> endbfchar"),
        ("a-map-without-end", "99999999 beginbfchar <41>"),
    ] {
        let map = text_stream("/Type/CMap/CMapName/Own/UseCMap 7 0 R", map);
        add(name, page(resources, words, &[&composite("/ToUnicode 7 0 R"), descendant, &map]));
    }
    for (name, file) in [
        ("a-font-file-of-noise", "/FontFile2 7 0 R"),
        ("a-compact-font-of-noise", "/FontFile3 7 0 R"),
        ("a-postscript-font-of-noise", "/FontFile 7 0 R"),
    ] {
        let font = "<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 0/LastChar 99999999/Widths[1 -1 1e38]/FontDescriptor 6 0 R>>";
        let descriptor = format!("<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 0 0]/Ascent 1e38/Descent -1e38{file}>>");
        let noise = text_stream("/Length1 2147483647/Subtype/Type1C", &"\0\u{1}\0\u{7f}OTTOtrue".repeat(200));
        add(name, page(resources, words, &[font, &descriptor, &noise]));
    }
    add("a-font-that-is-not-there", page("/Font<</F 99 0 R>>", words, &[]));
    let names: Vec<String> = (0..60_000).map(|at| format!("{} /g{at}", at % 256)).collect();
    let names = names.join(" ");
    let font = format!("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[{names}]>>>>");
    add("sixty-thousand-differences", page(resources, words, &[&font]));
}

fn colours(add: &mut dyn FnMut(&str, Vec<u8>)) {
    let fill = "/Pattern cs /P scn 0 0 600 900 re f";
    let resources = "/Pattern<</P 5 0 R>>/ColorSpace<</C 6 0 R>>/Shading<</S 7 0 R>>";
    let tile = |entries: &str| {
        text_stream(
            &format!("/Type/Pattern/PatternType 1/PaintType 1/TilingType 1{entries}/Resources<<{resources}>>"),
            fill,
        )
    };
    add("a-pattern-of-itself", page(resources, fill, &[&tile("/BBox[0 0 9 9]/XStep 9/YStep 9")]));
    add("a-pattern-of-no-step", page(resources, fill, &[&tile("/BBox[0 0 9 9]/XStep 0/YStep 0")]));
    add(
        "a-pattern-of-the-smallest-steps",
        page(resources, fill, &[&tile("/BBox[0 0 9 9]/XStep 1e-30/YStep -1e-30")]),
    );
    let space = "/C cs 1 scn 0 0 600 900 re f";
    for (name, body) in [
        ("a-colour-of-itself", "[/Indexed 6 0 R 255 (aa)]"),
        ("a-colour-with-itself-for-another", "[/Separation/Spot 6 0 R 7 0 R]"),
        ("colours-without-end", "[/DeviceN[/A/B/C/D/E/F/G/H/I/J/K/L]6 0 R 7 0 R]"),
        ("an-index-of-billions-of-colours", "[/Indexed/DeviceRGB 2147483647<00>]"),
        ("a-profile-of-noise", "[/ICCBased 8 0 R]"),
    ] {
        let function = "<</FunctionType 3/Domain[0 1]/Functions[7 0 R 7 0 R]/Bounds[.5]/Encode[0 1 0 1]>>";
        let profile = text_stream("/N 99/Alternate 6 0 R", "noise");
        add(name, page(resources, space, &["null", body, function, &profile]));
    }
    for (name, function) in [
        (
            "a-function-of-itself",
            "<</FunctionType 3/Domain[0 1]/Functions[8 0 R 8 0 R]/Bounds[.5]/Encode[0 1 0 1]>>".to_owned(),
        ),
        (
            "a-program-that-rolls-billions",
            text_stream(
                "/FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1]",
                "{ 2147483647 2147483647 roll 2147483647 copy 0 div 0 0 mod sqrt ln }",
            ),
        ),
        (
            "samples-of-billions",
            text_stream("/FunctionType 0/Domain[0 1]/Range[0 1]/Size[2147483647]/BitsPerSample 32", "aa"),
        ),
        (
            "a-power-below-nothing",
            "<</FunctionType 2/Domain[-1 -1]/C0[1e38]/C1[-1e38]/N -1e38>>".to_owned(),
        ),
        (
            "bounds-backwards",
            "<</FunctionType 3/Domain[1 0]/Functions[]/Bounds[9 8 7]/Encode[]>>".to_owned(),
        ),
    ] {
        for kind in 1..4 {
            let shading =
                format!("<</ShadingType {kind}/ColorSpace/DeviceRGB/Coords[0 0 0 0 0 0]/Domain[0 1 0 1]/Function 8 0 R/Extend[true true]>>");
            add(
                &format!("{name}-{kind}"),
                page(resources, "/S sh", &["null", "null", &shading, &function]),
            );
        }
    }
    for kind in 4..8 {
        let mesh = format!(
            "/ShadingType {kind}/ColorSpace/DeviceRGB/BitsPerCoordinate 32/BitsPerComponent 16/BitsPerFlag 8/VerticesPerRow 2147483647/Decode[0 1 0 1 0 1]"
        );
        let mesh = text_stream(&mesh, &"\u{3}\u{7f}noise of a mesh".repeat(300));
        add(&format!("a-mesh-of-noise-{kind}"), page(resources, "/S sh", &["null", "null", &mesh]));
    }
}

fn pictures(add: &mut dyn FnMut(&str, Vec<u8>)) {
    let resources = "/XObject<</I 5 0 R>>";
    let draw = "q 100 0 0 100 0 0 cm /I Do Q";
    for (name, entries) in [
        (
            "a-picture-of-billions",
            "/Width 2147483647/Height 2147483647/BitsPerComponent 8/ColorSpace/DeviceCMYK",
        ),
        (
            "a-picture-of-a-hundred-thousand",
            "/Width 100000/Height 100000/BitsPerComponent 16/ColorSpace/DeviceRGB",
        ),
        ("a-picture-of-nothing", "/Width 0/Height 0/BitsPerComponent 0/ColorSpace/DeviceGray"),
        ("a-picture-below-nothing", "/Width -5/Height -5/BitsPerComponent -8/ColorSpace/DeviceGray"),
        (
            "a-picture-masked-by-itself",
            "/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/SMask 5 0 R/Mask 5 0 R",
        ),
        (
            "a-mask-of-billions",
            "/Width 2147483647/Height 2147483647/ImageMask true/BitsPerComponent 1",
        ),
        (
            "a-picture-of-many-bits",
            "/Width 9/Height 9/BitsPerComponent 255/ColorSpace/DeviceGray/Decode[1e38 -1e38]",
        ),
    ] {
        add(
            name,
            page(
                resources,
                draw,
                &[&text_stream(&format!("/Type/XObject/Subtype/Image{entries}"), "few bytes")],
            ),
        );
    }
    add(
        "pictures-within-the-line",
        page("", &"BI /W 9 /H 9 /BPC 8 /CS /G ID few bytes ".repeat(5000), &[]),
    );
    add(
        "a-picture-within-the-line-of-billions",
        page("", "BI /W 2147483647 /H 2147483647 /BPC 8 /CS /RGB ID a EI", &[]),
    );
    add("a-picture-within-the-line-without-end", page("", "BI /W 9 /H 9 /F /Fl ID ", &[]));
    add(
        "a-hundred-thousand-pictures",
        page(
            resources,
            &"/I Do ".repeat(100_000),
            &[&text_stream(
                "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
                "a",
            )],
        ),
    );
}

fn operators(add: &mut dyn FnMut(&str, Vec<u8>)) {
    let font = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>";
    for (name, content) in [
        ("states-saved-without-end", "q ".repeat(300_000)),
        ("states-restored-that-were-not-saved", "Q ".repeat(300_000)),
        ("texts-within-texts", "BT ".repeat(100_000)),
        ("marks-within-marks", "/Span <</ActualText (7,900)>> BDC ".repeat(50_000)),
        ("arrays-within-arrays", "[".repeat(300_000)),
        ("dictionaries-within-dictionaries", "<<".repeat(300_000)),
        ("operands-without-an-operator", "1 ".repeat(300_000)),
        ("an-endless-path", "0 0 m ".to_owned() + &"9 9 l 1 2 3 4 5 6 c ".repeat(60_000) + "f"),
        ("a-path-clipped-over-and-over", "0 0 600 900 re W n ".repeat(40_000)),
        ("rectangles-in-their-thousands", "0 0 9 9 re f 3 3 5 900 re S ".repeat(20_000)),
        (
            "dashes-of-no-length",
            "[0 0 0] 0 d 0 0 m 600 900 l S [1e-30] 1e30 d 0 0 m 600 900 l S".to_owned(),
        ),
        ("matrices-of-no-size", "0 0 0 0 0 0 cm BT /F 12 Tf (7,900) Tj ET".to_owned()),
        (
            "matrices-beyond-numbers",
            format!("{}BT /F 12 Tf (7,900) Tj ET", "1e30 1e30 -1e30 1e30 1e30 1e30 cm ".repeat(9)),
        ),
        (
            "letters-beyond-the-page",
            "BT /F 1e30 Tf 1e30 Tc -1e30 Tw 1e30 Tz 1e30 TL (7,900) Tj T* (8) ' ET".to_owned(),
        ),
        ("letters-of-no-size", "BT /F 0 Tf 0 Tz (7,900) Tj ET".to_owned()),
        ("letters-turned-over", "BT /F -12 Tf -1 0 0 -1 300 300 Tm (7,900) Tj ET".to_owned()),
        (
            "one-place-for-twenty-thousand-letters",
            format!("BT /F 12 Tf 9 9 Td {}ET", "1 0 0 1 9 9 Tm (7) Tj ".repeat(20_000)),
        ),
        (
            "letters-spread-by-the-array",
            format!("BT /F 12 Tf [{}] TJ ET", "(7) 1e38 (9) -1e38 ".repeat(5_000)),
        ),
        ("operators-that-are-not", "foo bar baz 1 2 3 qux ".repeat(20_000)),
        (
            "operators-of-the-wrong-kind",
            "(a) m /b l [1] c <<>> cm null gs true Tj (x) Td 5 Do [(a)] Tf 5 sh 5 cs ".repeat(2_000),
        ),
        ("strings-without-end", format!("BT /F 12 Tf ({}", "(7,900 ".repeat(50_000))),
        ("names-of-a-megabyte", format!("/{} gs", "N".repeat(1 << 20))),
    ] {
        add(name, page(font, &content, &[]));
    }
}
