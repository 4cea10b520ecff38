//! Records sorted by a key of bytes: sorted runs of a file, merged as they are read (Knuth, The Art of Computer Programming 3, 5.4).

use std::{
    cmp::{Ordering, Reverse},
    collections::{BinaryHeap, binary_heap::PeekMut},
    fs::File,
    io::{self, BufWriter, Write as _},
};

use rayon::slice::ParallelSliceMut;

use super::{Shelf, read_at};

/// Bytes of all runs that are read at a time, of one run at most and at least.
const BYTES_READ: usize = 8 << 20;
const MOST_OF_A_RUN: usize = 64 << 10;
const LEAST_OF_A_RUN: usize = 4 << 10;
/// The lengths before each record of a file.
const LENGTHS: usize = 8;

/// Takes records and sorts them. Records with one key come out in the order they went in.
#[derive(Debug)]
pub struct Sorter {
    shelf: Shelf,
    /// Keys and values, one record after the other.
    bytes: Vec<u8>,
    records: Vec<Record>,
    file: Option<BufWriter<File>>,
    written: u64,
    /// Where each run of the file ends.
    ends: Vec<u64>,
}

/// Where a record lies in the bytes.
#[derive(Debug, Clone, Copy)]
struct Record {
    start: usize,
    key: u32,
    value: u32,
}

impl Record {
    fn key(self, bytes: &[u8]) -> &[u8] {
        &bytes[self.start..][..self.key as usize]
    }

    fn value(self, bytes: &[u8]) -> &[u8] {
        &bytes[self.start + self.key as usize..][..self.value as usize]
    }
}

impl Sorter {
    /// Takes records, and puts on the shelf what memory should not hold.
    pub fn new(shelf: &Shelf) -> Self {
        Self {
            shelf: shelf.clone(),
            bytes: Vec::new(),
            records: Vec::new(),
            file: None,
            written: 0,
            ends: Vec::new(),
        }
    }

    /// Takes a record.
    pub fn push(&mut self, key: &[u8], value: &[u8]) -> io::Result<()> {
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge));
        let (start, key_length, value_length) = (self.bytes.len(), length(key)?, length(value)?);
        self.bytes.extend_from_slice(key);
        self.bytes.extend_from_slice(value);
        self.records.push(Record {
            start,
            key: key_length,
            value: value_length,
        });
        if self.shelf.is_full(self.bytes.len() + self.records.len() * size_of::<Record>()) {
            self.put_away()?;
        }
        Ok(())
    }

    /// The records, sorted.
    pub fn finish(mut self) -> io::Result<Sorted> {
        self.sort();
        let file = match self.file {
            Some(file) => Some(file.into_inner().map_err(io::IntoInnerError::into_error)?),
            None => None,
        };
        Ok(Sorted {
            bytes: self.bytes,
            records: self.records,
            file,
            ends: self.ends,
        })
    }

    fn sort(&mut self) {
        let bytes = &self.bytes;
        self.records.par_sort_by(|one, other| one.key(bytes).cmp(other.key(bytes)));
    }

    /// Writes what is in memory as a run of the file.
    fn put_away(&mut self) -> io::Result<()> {
        self.sort();
        let file = match &mut self.file {
            Some(file) => file,
            none => match self.shelf.file()? {
                Some(file) => none.insert(BufWriter::with_capacity(MOST_OF_A_RUN, file)),
                None => return Ok(()),
            },
        };
        for record in &self.records {
            let (key, value) = (record.key(&self.bytes), record.value(&self.bytes));
            file.write_all(&record.key.to_le_bytes())?;
            file.write_all(&record.value.to_le_bytes())?;
            file.write_all(key)?;
            file.write_all(value)?;
            self.written += (LENGTHS + key.len() + value.len()) as u64;
        }
        self.ends.push(self.written);
        self.bytes.clear();
        self.records.clear();
        Ok(())
    }
}

/// Calls back with a key and a value.
pub type See<'s> = &'s mut dyn FnMut(&[u8], &[u8]) -> io::Result<()>;

/// Sorted records, to be gone through as often as need be.
#[derive(Debug)]
pub struct Sorted {
    bytes: Vec<u8>,
    records: Vec<Record>,
    file: Option<File>,
    ends: Vec<u64>,
}

impl Sorted {
    /// Calls back with the key and value of each record, in order.
    pub fn each(&self, see: See<'_>) -> io::Result<()> {
        if self.file.is_none() {
            let held = self.records.iter().map(|record| (record.key(&self.bytes), record.value(&self.bytes)));
            return held.into_iter().try_for_each(|(key, value)| see(key, value));
        }
        let mut merged = self.merged()?;
        while let Some((key, value)) = merged.next()? {
            see(&key, &value)?;
        }
        Ok(())
    }

    /// The records one by one, in order.
    pub fn merged(&self) -> io::Result<Merged<'_>> {
        let mut runs: Vec<Run<'_>> = Vec::with_capacity(self.ends.len() + 1);
        if let Some(file) = &self.file {
            let starts = std::iter::once(0).chain(self.ends.iter().copied());
            let at_a_time = (BYTES_READ / self.ends.len().max(1)).clamp(LEAST_OF_A_RUN, MOST_OF_A_RUN);
            runs.extend(starts.zip(&self.ends).map(|(start, end)| Run::of_file(file, start, *end, at_a_time)));
        }
        runs.push(Run::of_memory(&self.bytes, &self.records));
        let mut heads: BinaryHeap<Reverse<Head>> = BinaryHeap::with_capacity(runs.len());
        for (number, run) in runs.iter_mut().enumerate() {
            heads.extend(run.next()?.map(|(key, value)| Reverse(Head { key, number, value })));
        }
        Ok(Merged { runs, heads })
    }
}

/// Runs on their way to one order.
pub struct Merged<'s> {
    runs: Vec<Run<'s>>,
    heads: BinaryHeap<Reverse<Head>>,
}

impl Merged<'_> {
    /// The key and value of the next record.
    #[expect(clippy::should_implement_trait, reason = "each step may fail")]
    pub fn next(&mut self) -> io::Result<Option<(Vec<u8>, Vec<u8>)>> {
        let Some(mut head) = self.heads.peek_mut() else { return Ok(None) };
        let number = head.0.number;
        let next = self.runs[number].next()?;
        let taken = match next {
            // In its place, so that the heap moves once.
            Some((key, value)) => std::mem::replace(&mut head.0, Head { key, number, value }),
            None => PeekMut::pop(head).0,
        };
        Ok(Some((taken.key, taken.value)))
    }
}

/// The next record of a run. Of equal keys, that of the earlier run comes first.
struct Head {
    key: Vec<u8>,
    number: usize,
    value: Vec<u8>,
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.key, self.number).cmp(&(&other.key, other.number))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Head {}

/// A sorted run that is read from front to back.
enum Run<'s> {
    File {
        file: &'s File,
        /// What is not read yet.
        start: u64,
        end: u64,
        at_a_time: usize,
        buffer: Vec<u8>,
        /// How much of the buffer is used up.
        used: usize,
    },
    Memory {
        bytes: &'s [u8],
        records: std::slice::Iter<'s, Record>,
    },
}

impl<'s> Run<'s> {
    fn of_file(file: &'s File, start: u64, end: u64, at_a_time: usize) -> Self {
        Self::File {
            file,
            start,
            end,
            at_a_time,
            buffer: Vec::new(),
            used: 0,
        }
    }

    fn of_memory(bytes: &'s [u8], records: &'s [Record]) -> Self {
        Self::Memory {
            bytes,
            records: records.iter(),
        }
    }

    fn next(&mut self) -> io::Result<Option<(Vec<u8>, Vec<u8>)>> {
        if let Self::Memory { bytes, records } = self {
            return Ok(records.next().map(|record| (record.key(bytes).to_vec(), record.value(bytes).to_vec())));
        }
        if !self.has(LENGTHS)? {
            return Ok(None);
        }
        let lengths = self.take(LENGTHS);
        let length = |at: usize| u32::from_le_bytes([lengths[at], lengths[at + 1], lengths[at + 2], lengths[at + 3]]) as usize;
        let (key, value) = (length(0), length(4));
        if !self.has(key + value)? {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Some((self.take(key), self.take(value))))
    }

    /// Whether so many bytes are left, which are then in the buffer.
    fn has(&mut self, length: usize) -> io::Result<bool> {
        let Self::File {
            file,
            start,
            end,
            at_a_time,
            buffer,
            used,
        } = self
        else {
            return Ok(false);
        };
        let held = buffer.len() - *used;
        if held >= length {
            return Ok(true);
        }
        buffer.drain(..*used);
        *used = 0;
        let wanted = usize::try_from(*end - *start).unwrap_or(usize::MAX).min((length - held).max(*at_a_time));
        buffer.resize(held + wanted, 0);
        read_at(file, &mut buffer[held..], *start)?;
        *start += wanted as u64;
        Ok(buffer.len() >= length)
    }

    fn take(&mut self, length: usize) -> Vec<u8> {
        let Self::File { buffer, used, .. } = self else { return Vec::new() };
        let taken = buffer[*used..*used + length].to_vec();
        *used += length;
        taken
    }
}

/// A key in the making: bytes that sort as its parts do, one after the other.
#[derive(Debug, Clone, Default)]
pub struct Key(Vec<u8>);

impl Key {
    /// A text; one that another starts with comes before it.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        for (number, part) in text.as_bytes().split(|byte| *byte == 0).enumerate() {
            if number > 0 {
                // A zero within is set apart from the one that ends the text.
                self.0.extend([0, u8::MAX]);
            }
            self.0.extend_from_slice(part);
        }
        self.0.extend([0, 0]);
        self
    }

    /// A small number.
    #[must_use]
    pub fn byte(mut self, number: u8) -> Self {
        self.0.push(number);
        self
    }

    /// A number that may be negative.
    #[must_use]
    pub fn number(mut self, number: i64) -> Self {
        // With the sign turned, what is negative comes first.
        self.0.extend((number ^ i64::MIN).to_be_bytes());
        self
    }

    /// How long it is so far: records whose keys are the same up to here belong together.
    pub fn length(&self) -> usize {
        self.0.len()
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(shelf: &Shelf, records: &[(String, String)]) -> Vec<(String, String)> {
        let mut sorter = Sorter::new(shelf);
        for (key, value) in records {
            sorter.push(key.as_bytes(), value.as_bytes()).expect("it takes the record");
        }
        let all = sorter.finish().expect("sorted");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("a text");
        let once = || {
            let mut seen = Vec::new();
            let see = &mut |key: &[u8], value: &[u8]| {
                seen.push((text(key), text(value)));
                Ok(())
            };
            all.each(see).expect("read");
            seen
        };
        assert_eq!(once(), once(), "a second time is as the first");
        once()
    }

    #[test]
    fn records_come_out_by_key_and_then_as_they_went_in_from_memory_and_from_files() {
        let records: Vec<(String, String)> = (0..5_000_u32)
            .map(|number| {
                (
                    format!("{:03}", number.wrapping_mul(2_654_435_761) % 700),
                    "x".repeat(number as usize % 90) + &number.to_string(),
                )
            })
            .collect();
        let mut expected = records.clone();
        expected.sort_by(|one, other| one.0.cmp(&other.0));
        let folder = tempfile::tempdir().expect("a folder");
        for bytes in [1, 1_000, 100_000, 100_000_000] {
            let folder = folder.path().to_owned();
            assert_eq!(sorted(&Shelf::Folder { folder, bytes }, &records), expected, "{bytes} bytes in memory");
        }
        assert_eq!(sorted(&Shelf::Memory, &records), expected);
        assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0, "no file is left");
    }

    #[test]
    fn a_record_longer_than_what_is_read_at_a_time_comes_back_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let shelf = Shelf::Folder {
            folder: folder.path().to_owned(),
            bytes: 10,
        };
        let records = vec![("b".to_owned(), "long".repeat(100_000)), ("a".to_owned(), String::new())];
        assert_eq!(sorted(&shelf, &records), [records[1].clone(), records[0].clone()]);
        assert_eq!(sorted(&shelf, &[]), []);
    }

    #[test]
    fn a_folder_that_is_not_there_is_a_fault_and_no_loss() {
        let shelf = Shelf::Folder {
            folder: "no such folder".into(),
            bytes: 1,
        };
        assert!(Sorter::new(&shelf).push(b"key", b"value").is_err());
    }

    #[test]
    fn keys_sort_as_their_parts() {
        let key = |text: &str, number: i64| Key::default().text(text).number(number).bytes().to_vec();
        let keys = [
            key("", 5),
            key("", 6),
            key("a", i64::MIN),
            key("a", -1),
            key("a", 0),
            key("a", 7),
            key("a\0", 0),
            key("a\0b", 0),
            key("a\u{1}", 0),
            key("ab", 0),
        ];
        assert!(keys.is_sorted(), "{keys:?}");
    }
}
