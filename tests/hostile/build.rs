//! A PDF of numbered objects: bodies in, bytes with a sound table of references out.

/// The objects of a file, the first of which is number 1.
pub(super) struct Objects(Vec<Vec<u8>>);

impl Objects {
    /// Catalog (1) and page tree (2) of one page (3), whose content is object 4; `page` is added to the page, `more` are objects from 5 on.
    pub(super) fn page(page: &str, content: &str, more: &[&str]) -> Self {
        let mut objects = Self::tree(&["<</Type/Pages/Kids[3 0 R]/Count 1>>"]);
        objects.push(format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R {page}>>"));
        objects.push(stream("", content.as_bytes()));
        for body in more {
            objects.push(*body);
        }
        objects
    }

    /// A catalog (1) and these objects from 2 on, the first of which is the page tree.
    pub(super) fn tree(bodies: &[&str]) -> Self {
        let mut objects = Self(Vec::new());
        objects.push("<</Type/Catalog/Pages 2 0 R>>");
        for body in bodies {
            objects.push(*body);
        }
        objects
    }

    pub(super) fn push(&mut self, body: impl Into<Vec<u8>>) {
        self.0.push(body.into());
    }

    /// The file with a table of references, and more in its trailer.
    pub(super) fn file(&self, trailer: &str) -> Vec<u8> {
        let (mut file, places) = self.body();
        let at = file.len();
        file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
        for place in &places {
            file.extend(format!("{place:010} 00000 n \n").bytes());
        }
        file.extend(format!("trailer\n<</Size {}/Root 1 0 R {trailer}>>\nstartxref\n{at}\n%%EOF\n", places.len() + 1).bytes());
        file
    }

    /// Header and objects, and where each object stands.
    pub(super) fn body(&self) -> (Vec<u8>, Vec<usize>) {
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut places = Vec::new();
        for (number, body) in (1..).zip(&self.0) {
            places.push(file.len());
            file.extend(format!("{number} 0 obj\n").bytes());
            file.extend(body);
            file.extend(b"\nendobj\n");
        }
        (file, places)
    }
}

/// A stream with these entries in its dictionary.
pub(super) fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let mut body = format!("<<{entries}/Length {}>>\nstream\n", content.len()).into_bytes();
    body.extend(content);
    body.extend(b"\nendstream");
    body
}

/// As [`stream`], of characters.
pub(super) fn text_stream(entries: &str, content: &str) -> String {
    format!("<<{entries}/Length {}>>\nstream\n{content}\nendstream", content.len())
}
