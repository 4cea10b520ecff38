//! Files whose trees, tables of references, object streams and dictionaries are not what they say.

use super::build::{Objects, stream, text_stream};

const LINE: &str = "BT /F1 12 Tf 72 700 Td (Some 7,900 persons) Tj ET";
const FONT: &str = "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>";

/// Each file by what is wrong with it.
pub(super) fn all() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>| files.push((name.to_owned(), bytes));
    trees(&mut add);
    references(&mut add);
    objects(&mut add);
    sizes(&mut add);
    locks(&mut add);
    files
}

fn trees(add: &mut dyn FnMut(&str, Vec<u8>)) {
    let mut tree = |name: &str, bodies: &[&str]| add(name, Objects::tree(bodies).file(""));
    tree("its-own-kid", &["<</Type/Pages/Kids[2 0 R]/Count 1>>"]);
    tree(
        "its-own-kid-often",
        &[&format!("<</Type/Pages/Kids[{}]/Count 1>>", "2 0 R ".repeat(2000))],
    );
    tree(
        "two-each-others-kids",
        &["<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>", "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"],
    );
    tree("no-kids", &["<</Type/Pages/Kids[]/Count 0>>"]);
    tree("kids-that-are-not-there", &["<</Type/Pages/Kids[77 0 R 78 0 R]/Count 2>>"]);
    tree("kids-that-are-numbers", &["<</Type/Pages/Kids[1 2 3 null true]/Count 5>>"]);
    tree(
        "a-count-of-billions",
        &["<</Type/Pages/Kids[3 0 R]/Count 2147483647>>", "<</Type/Page/Parent 2 0 R>>"],
    );
    tree(
        "a-count-below-nothing",
        &["<</Type/Pages/Kids[3 0 R]/Count -5>>", "<</Type/Page/Parent 2 0 R>>"],
    );
    let page = format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]{FONT}>>");
    tree(
        "one-page-many-times",
        &[&format!("<</Type/Pages/Kids[{}]/Count 1999>>", "3 0 R ".repeat(1999)), &page],
    );
    tree(
        "more-pages-than-are-read",
        &[&format!("<</Type/Pages/Kids[{}]/Count 5000>>", "3 0 R ".repeat(5000)), &page],
    );
    tree(
        "a-parent-that-is-its-page",
        &[
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 3 0 R/Contents 3 0 R/Resources 3 0 R/MediaBox 3 0 R>>",
        ],
    );
    // A tree that halves at each level holds a million leaves in twenty objects.
    let doubled: Vec<String> = (3..23)
        .map(|next| format!("<</Type/Pages/Kids[{next} 0 R {next} 0 R]/Count 1048576>>"))
        .collect();
    let mut bodies: Vec<&str> = doubled.iter().map(String::as_str).collect();
    bodies.push(&page);
    tree("a-million-pages-in-twenty-objects", &bodies);
    let deep: Vec<String> = (3..3003).map(|next| format!("<</Type/Pages/Kids[{next} 0 R]/Count 1>>")).collect();
    let mut bodies: Vec<&str> = deep.iter().map(String::as_str).collect();
    bodies.push(&page);
    tree("a-tree-of-three-thousand-levels", &bodies);
}

fn references(add: &mut dyn FnMut(&str, Vec<u8>)) {
    let sound = Objects::page(FONT, LINE, &[]);
    let (body, _) = sound.body();
    let with = |end: &str| [body.as_slice(), end.as_bytes()].concat();
    add("no-table", body.clone());
    add("a-table-far-away", with("trailer<</Root 1 0 R>>\nstartxref\n99999999999999999999\n%%EOF"));
    add("a-table-below-nothing", with("trailer<</Root 1 0 R>>\nstartxref\n-1\n%%EOF"));
    let at = body.len();
    add(
        "a-table-before-itself",
        with(&format!(
            "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 5/Root 1 0 R/Prev {at}>>\nstartxref\n{at}\n%%EOF"
        )),
    );
    add(
        "a-table-of-billions",
        with(&format!(
            "xref\n0 4294967295\n0000000000 65535 f \ntrailer\n<</Size 4294967295/Root 1 0 R>>\nstartxref\n{at}\n%%EOF"
        )),
    );
    add(
        "places-all-alike",
        with(&format!(
            "xref\n0 5\n{}trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n{at}\n%%EOF",
            "0000000009 00000 n \n".repeat(5)
        )),
    );
    add("a-root-that-is-not-there", sound.file("/Root 99 0 R"));
    add("a-root-that-is-a-number", sound.file("/Root 5"));
    add("a-table-within-the-table", sound.file(&format!("/XRefStm {at}")));
    let stream = |entries: &str| text_stream(&format!("/Type/XRef/Root 1 0 R{entries}"), "\0\0\0\0\0\0\0\0");
    for (name, entries) in [
        ("columns-of-no-width", "/Size 9/W[0 0 0]"),
        ("columns-of-billions", "/Size 9/W[4294967295 4294967295 4294967295]"),
        ("columns-below-nothing", "/Size 9/W[-1 -2 -1]"),
        ("no-columns", "/Size 9/W[]"),
        ("an-index-of-billions", "/Size 2147483647/W[1 2 1]/Index[0 2147483647]"),
        ("a-stream-before-itself", "/Size 9/W[1 2 1]/Prev 9"),
        (
            "a-predictor-of-billions",
            "/Size 9/W[1 2 1]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2147483647/Colors 99/BitsPerComponent 77>>",
        ),
    ] {
        add(name, with(&format!("9 0 obj\n{}\nendobj\nstartxref\n{at}\n%%EOF", stream(entries))));
    }
}

fn objects(add: &mut dyn FnMut(&str, Vec<u8>)) {
    let mut page = |name: &str, page: &str, content: &str, more: &[&str]| add(name, Objects::page(page, content, more).file(""));
    page("arrays-one-in-another", &format!("/Bogus {}", "[".repeat(200_000)), LINE, &[]);
    page("dictionaries-one-in-another", &format!("/Bogus {}", "<</A".repeat(100_000)), LINE, &[]);
    page("brackets-in-a-string", &format!("/Bogus {}", "(".repeat(200_000)), LINE, &[]);
    page("a-reference-to-itself", "/Contents 5 0 R/Resources 5 0 R", "", &["5 0 R"]);
    page("references-in-a-ring", "/Contents 5 0 R", "", &["6 0 R", "7 0 R", "5 0 R"]);
    page("contents-of-contents", "/Contents 5 0 R", "", &["[5 0 R 5 0 R 5 0 R 4 0 R]"]);
    let numbers = "/Rotate 1e99/UserUnit 99999999999999999999999999999999999999999/Tabs -0.0000000000000000000000000001";
    page("numbers-beyond-numbers", numbers, LINE, &[]);
    page(
        "a-length-that-lies",
        "/Contents 5 0 R",
        "",
        &["<</Length 999999999>>\nstream\nBT ET\nendstream"],
    );
    page(
        "a-length-below-nothing",
        "/Contents 5 0 R",
        "",
        &["<</Length -7>>\nstream\nBT ET\nendstream"],
    );
    page(
        "a-length-that-is-its-stream",
        "/Contents 5 0 R",
        "",
        &["<</Length 5 0 R>>\nstream\nBT ET\nendstream"],
    );
    page("a-stream-without-end", "/Contents 5 0 R", "", &["<</Length 5>>\nstream\nBT ET"]);
    let objects = |entries: &str, content: &str| text_stream(&format!("/Type/ObjStm{entries}"), content);
    for (name, stream) in [
        ("objects-in-themselves", objects("/N 1/First 4/Extends 5 0 R", "5 0 <<>>")),
        ("billions-of-objects", objects("/N 2147483647/First 2147483647", "1 0 2 0")),
        ("fewer-than-no-objects", objects("/N -1/First -1", "1 0 2 0")),
        ("objects-far-away", objects("/N 2/First 8", "1 99999999 2 -99999999")),
    ] {
        page(name, FONT, LINE, &[&stream]);
    }
    for filter in [
        "/Filter/JBIG2Decode",
        "/Filter/JPXDecode",
        "/Filter/DCTDecode",
        "/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 2147483647/Rows 2147483647>>",
        "/Filter/LZWDecode/DecodeParms<</EarlyChange 7/Predictor 15/Columns 0>>",
        "/Filter/RunLengthDecode",
        "/Filter/ASCII85Decode",
        "/Filter/ASCIIHexDecode",
        "/Filter/Crypt",
        "/Filter/NoSuchDecode",
    ] {
        let name = format!("noise-in-{}", &filter[8..filter[8..].find('/').map_or(filter.len(), |at| at + 8)]);
        let noise: Vec<u8> = (0..3000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let mut file = Objects::page("/Resources<</XObject<</I 5 0 R>>>>", "q 100 0 0 100 0 0 cm /I Do Q", &[]);
        file.push(stream(
            &format!("/Type/XObject/Subtype/Image/Width 40/Height 40/BitsPerComponent 8/ColorSpace/DeviceGray{filter}"),
            &noise,
        ));
        add(&name, file.file(""));
    }
    let nested = format!("/Filter[{}]", "/ASCIIHexDecode ".repeat(5000));
    let mut file = Objects::page("/Contents 5 0 R", "", &[]);
    file.push(stream(&nested, b"4142>"));
    add("five-thousand-filters", file.file(""));
}

fn sizes(add: &mut dyn FnMut(&str, Vec<u8>)) {
    for (name, page) in [
        ("a-page-without-width", "/MediaBox[0 0 0 0]"),
        ("a-page-turned-inside-out", "/MediaBox[595 842 0 0]"),
        ("a-page-as-wide-as-the-sky", "/MediaBox[-1e30 -1e30 1e30 1e30]"),
        ("a-page-of-too-few-numbers", "/MediaBox[0 0]"),
        ("a-page-of-words", "/MediaBox[/A/B(c)null]"),
        ("a-crop-beside-the-page", "/CropBox[9000 9000 9999 9999]"),
        ("a-unit-beyond-reason", "/UserUnit 1e30"),
        ("a-unit-below-nothing", "/UserUnit -1"),
        ("a-unit-of-nothing", "/UserUnit 0"),
        ("a-turn-by-half", "/Rotate 45"),
        ("a-turn-without-end", "/Rotate 2147483647"),
        ("a-turn-back", "/Rotate -90"),
    ] {
        add(name, Objects::page(&format!("{page}{FONT}"), LINE, &[]).file(""));
    }
}

fn locks(add: &mut dyn FnMut(&str, Vec<u8>)) {
    let sound = Objects::page(FONT, LINE, &[]);
    let zeros = "0".repeat(64);
    for (name, lock) in [
        ("a-lock-of-nothing", "<<>>".to_owned()),
        ("a-lock-of-another-maker", "<</Filter/Secret/V 1>>".to_owned()),
        ("a-lock-of-rc4", format!("<</Filter/Standard/V 1/R 2/P -4/O<{zeros}>/U<{zeros}>>>")),
        (
            "a-lock-of-long-rc4",
            format!("<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{zeros}>/U<{zeros}>>>"),
        ),
        (
            "a-lock-of-aes",
            format!("<</Filter/Standard/V 4/R 4/Length 128/P -4/CF<</StdCF<</CFM/AESV2/Length 16>>>>/StmF/StdCF/StrF/StdCF/O<{zeros}>/U<{zeros}>>>"),
        ),
        (
            "a-lock-of-long-aes",
            format!(
                "<</Filter/Standard/V 5/R 6/Length 256/P -4/CF<</StdCF<</CFM/AESV3/Length 32>>>>/StmF/StdCF/StrF/StdCF/O<{zeros}>/U<{zeros}>/OE<{zeros}>/UE<{zeros}>/Perms<00>>>"
            ),
        ),
        (
            "a-lock-with-short-keys",
            "<</Filter/Standard/V 5/R 6/P -4/O<>/U<>/OE<>/UE<>/Perms<>>>".to_owned(),
        ),
        (
            "a-lock-of-no-length",
            format!("<</Filter/Standard/V 2/R 3/Length 0/P -4/O<{zeros}>/U<{zeros}>>>"),
        ),
        (
            "a-lock-of-billions",
            format!("<</Filter/Standard/V 2/R 3/Length 2147483647/P -4/O<{zeros}>/U<{zeros}>>>"),
        ),
        (
            "a-lock-of-later-times",
            format!("<</Filter/Standard/V 99/R 99/P -4/O<{zeros}>/U<{zeros}>>>"),
        ),
        ("a-lock-that-is-not-there", "99 0 R".to_owned()),
        ("a-lock-that-is-the-catalog", "1 0 R".to_owned()),
    ] {
        add(name, sound.file(&format!("/Encrypt {lock}/ID[<00><00>]")));
    }
}
