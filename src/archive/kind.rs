//! Which files may be reports: a name and the first bytes in, whether to take, open or leave the file out.

/// What a file is to a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It may be a report.
    Snapshot,
    /// A ZIP archive.
    Zip,
    /// A tar archive.
    Tar,
    /// Something gzipped: a tar or web archive, or one file.
    Gzip,
    /// A web archive.
    Warc,
    /// It is something else by its name or content.
    Other,
}

/// What a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    /// A report.
    Report,
    /// An archive.
    Archive,
    /// Known to be something else.
    Other,
    /// Nothing: the content decides.
    Unknown,
}

const REPORTS: &[&str] = &["txt", "text", "md", "markdown", "html", "htm", "xhtml", "xht", "shtml", "pdf"];
const ARCHIVES: &[&str] = &["zip", "tar", "tgz", "gz", "warc"];
/// What lies beside reports in folders of agencies and in repositories.
const OTHERS: &[&str] = &[
    "csv",
    "tsv",
    "json",
    "jsonl",
    "geojson",
    "ndjson",
    "xml",
    "rdf",
    "parquet",
    "sqlite",
    "db",
    "xls",
    "xlsx",
    "xlsm",
    "xlsb",
    "ods",
    "doc",
    "docx",
    "docm",
    "odt",
    "rtf",
    "ppt",
    "pptx",
    "odp",
    "pub",
    "epub",
    "indd",
    "ai",
    "eps",
    "ps",
    "psd",
    "png",
    "jpg",
    "jpeg",
    "gif",
    "svg",
    "bmp",
    "tif",
    "tiff",
    "webp",
    "ico",
    "heic",
    "mp3",
    "mp4",
    "m4a",
    "wav",
    "avi",
    "mov",
    "webm",
    "ogg",
    "css",
    "scss",
    "js",
    "mjs",
    "ts",
    "tsx",
    "jsx",
    "py",
    "pyc",
    "ipynb",
    "rs",
    "r",
    "rmd",
    "do",
    "sas",
    "sps",
    "sav",
    "dta",
    "java",
    "class",
    "jar",
    "c",
    "h",
    "cpp",
    "go",
    "rb",
    "pl",
    "sh",
    "bat",
    "ps1",
    "sql",
    "toml",
    "yml",
    "yaml",
    "ini",
    "cfg",
    "conf",
    "lock",
    "log",
    "bib",
    "tex",
    "woff",
    "woff2",
    "ttf",
    "otf",
    "eot",
    "shp",
    "shx",
    "dbf",
    "prj",
    "kml",
    "kmz",
    "gpkg",
    "qgz",
    "exe",
    "dll",
    "so",
    "bin",
    "iso",
    "dmg",
    "7z",
    "rar",
    "bz2",
    "xz",
    "zst",
    "tmp",
    "bak",
    "part",
    "crdownload",
    "url",
    "lnk",
    "eml",
    "msg",
    "ics",
    "vcf",
    "map",
    "wasm",
    "cdx",
    "cdxj",
];
/// Files about a folder, not in it: `README.fr.md`, `LICENSE-MIT`.
const ABOUT: &[&str] = &["readme", "license", "licence", "copying", "changelog", "contributing"];
/// The same, if that is the whole name.
const ABOUT_WHOLE: &[&str] = &[
    "notice",
    "authors",
    "contributors",
    "code_of_conduct",
    "security",
    "makefile",
    "dockerfile",
    "manifest",
    "version",
    "todo",
    "install",
    "codeowners",
    "robots",
    "humans",
];

/// What a file in a folder or archive is, by its name and then its first bytes.
pub(super) fn kind(name: &str, head: &[u8]) -> Kind {
    match named(name) {
        Named::Report => Kind::Snapshot,
        Named::Other => Kind::Other,
        Named::Archive => container(head).unwrap_or(Kind::Other),
        Named::Unknown => container(head).unwrap_or_else(|| if shows_report(name, head) { Kind::Snapshot } else { Kind::Other }),
    }
}

/// What a file given by name is: an archive is opened, all else is read.
pub(super) fn kind_given(name: &str, head: &[u8]) -> Kind {
    match named(name) {
        Named::Archive | Named::Unknown => container(head).unwrap_or(Kind::Snapshot),
        Named::Report | Named::Other => Kind::Snapshot,
    }
}

/// Whether the name promises an archive.
pub(super) fn says_archive(name: &str) -> bool {
    named(name) == Named::Archive
}

/// Whether the name alone tells that it is no report, so that its content need not be looked at.
pub(super) fn says_other(name: &str) -> bool {
    named(name) == Named::Other
}

/// Whether nobody means the file when naming its folder: `.git`, `__MACOSX`.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name == "__MACOSX"
}

/// The archive that the first bytes open.
pub(super) fn container(head: &[u8]) -> Option<Kind> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        Some(Kind::Zip)
    } else if head.starts_with(b"\x1f\x8b") {
        Some(Kind::Gzip)
    } else if head.starts_with(b"WARC/") {
        Some(Kind::Warc)
    } else if head.get(257..262) == Some(b"ustar") {
        Some(Kind::Tar)
    } else {
        None
    }
}

fn named(name: &str) -> Named {
    let name = name.to_ascii_lowercase();
    let (stem, extension) = name
        .rsplit_once('.')
        .map_or((name.as_str(), None), |(stem, extension)| (stem, Some(extension)));
    if matches!(extension, None | Some("md" | "markdown" | "txt")) {
        let first = stem.split(['.', '-', '_']).next().unwrap_or_default();
        if ABOUT.contains(&first) || ABOUT_WHOLE.contains(&stem) {
            return Named::Other;
        }
    }
    match extension {
        Some(extension) if REPORTS.contains(&extension) => Named::Report,
        Some(extension) if ARCHIVES.contains(&extension) => Named::Archive,
        Some(extension) if OTHERS.contains(&extension) => Named::Other,
        _ => Named::Unknown,
    }
}

/// Whether a file without a telling name holds PDF or HTML, or, if it has no extension at all, text.
fn shows_report(name: &str, head: &[u8]) -> bool {
    let start = &head[..head.len().min(1024)];
    if start.windows(5).any(|window| window == b"%PDF-") {
        return true;
    }
    let lower = start.to_ascii_lowercase();
    let text = lower.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&lower).trim_ascii_start();
    if [&b"<!doctype html"[..], b"<html", b"<head", b"<body"]
        .iter()
        .any(|tag| text.starts_with(tag))
        || text.windows(5).any(|window| window == b"<html")
    {
        return true;
    }
    let words = std::str::from_utf8(start).is_ok() || std::str::from_utf8(start).is_err_and(|error| error.error_len().is_none());
    !name.contains('.') && !start.is_empty() && words && !start.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, head: &[u8], expected: Kind) {
        assert_eq!(kind(name, head), expected, "{name}");
    }

    #[test]
    fn reports_are_taken_by_name_whatever_they_hold() {
        check("report.pdf", b"\x89PNG", Kind::Snapshot);
        check("REPORT.HTM", b"", Kind::Snapshot);
        check("2024.07 dashboard.md", b"words", Kind::Snapshot);
    }

    #[test]
    fn what_lies_beside_reports_is_left_out() {
        check("data.csv", b"a,b", Kind::Other);
        check("README.md", b"# About", Kind::Other);
        check("LICENSE", b"You may", Kind::Other);
        check("LICENSE-MIT", b"You may", Kind::Other);
        check("security.pdf", b"%PDF-1.7", Kind::Snapshot);
        check("news-2024-07.txt", b"News", Kind::Snapshot);
        check("table.xlsx", b"PK\x03\x04", Kind::Other);
        check("archive.zip", b"no archive", Kind::Other);
    }

    #[test]
    fn content_tells_where_the_name_does_not() {
        check("336", b"<!DOCTYPE html>", Kind::Snapshot);
        check("report.aspx", b"\n<html>", Kind::Snapshot);
        check("download.php", b"%PDF-1.7", Kind::Snapshot);
        check("notes", b"Some 7,900 people", Kind::Snapshot);
        check("notes.xyz", b"Some 7,900 people", Kind::Other);
        check("backup", b"\x1f\x8b\x08", Kind::Gzip);
        check("all.zip", b"PK\x03\x04", Kind::Zip);
    }
}
