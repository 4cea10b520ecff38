//! Records one after the other, to be gone through as often as need be.

use std::{
    fs::File,
    io::{self, BufWriter, Write as _},
};

use super::{Shelf, read_at};

/// Bytes of the file that are read at a time.
const BYTES_READ: usize = 256 << 10;
/// The length before each record.
const LENGTH: usize = 4;

/// Records in the order they went in.
#[derive(Debug)]
pub struct Sequence {
    shelf: Shelf,
    /// What is not in the file: each record after its length.
    bytes: Vec<u8>,
    file: Option<File>,
    written: u64,
    count: usize,
}

impl Sequence {
    /// An empty one, that puts on the shelf what memory should not hold.
    pub fn new(shelf: &Shelf) -> Self {
        Self {
            shelf: shelf.clone(),
            bytes: Vec::new(),
            file: None,
            written: 0,
            count: 0,
        }
    }

    /// Takes a record.
    pub fn push(&mut self, record: &[u8]) -> io::Result<()> {
        let length = u32::try_from(record.len()).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend_from_slice(record);
        self.count += 1;
        if self.shelf.is_full(self.bytes.len()) {
            self.put_away()?;
        }
        Ok(())
    }

    /// How many records there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Calls back with each record.
    pub fn each(&self, see: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        let mut buffer = Vec::new();
        let mut start = 0;
        if let Some(file) = &self.file {
            while start < self.written {
                let held = buffer.len();
                let wanted = usize::try_from(self.written - start).unwrap_or(usize::MAX).min(BYTES_READ);
                buffer.resize(held + wanted, 0);
                read_at(file, &mut buffer[held..], start)?;
                start += wanted as u64;
                let used = records(&buffer, see)?;
                buffer.drain(..used);
            }
            if !buffer.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        records(&self.bytes, see).map(drop)
    }

    fn put_away(&mut self) -> io::Result<()> {
        if self.file.is_none() {
            self.file = self.shelf.file()?;
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        let mut writer = BufWriter::new(file);
        writer.write_all(&self.bytes)?;
        writer.flush()?;
        self.written += self.bytes.len() as u64;
        self.bytes.clear();
        Ok(())
    }
}

/// Calls back with each whole record; how many bytes they take.
fn records(bytes: &[u8], see: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<usize> {
    let mut used = 0;
    while let Some((length, rest)) = bytes[used..].split_first_chunk::<LENGTH>() {
        let length = u32::from_le_bytes(*length) as usize;
        let Some(record) = rest.get(..length) else { break };
        see(record)?;
        used += LENGTH + length;
    }
    Ok(used)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_out_as_they_went_in_from_memory_and_from_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let records: Vec<Vec<u8>> = (0..2_000_usize).map(|number| vec![(number % 251) as u8; number * 7 % 1_300]).collect();
        let shelves = [1, 10_000, 100_000_000].map(|bytes| Shelf::Folder {
            folder: folder.path().to_owned(),
            bytes,
        });
        for shelf in shelves.iter().chain([&Shelf::Memory]) {
            let mut sequence = Sequence::new(shelf);
            for record in &records {
                sequence.push(record).expect("it takes the record");
            }
            for _ in 0..2 {
                let mut seen = Vec::new();
                let see = &mut |record: &[u8]| {
                    seen.push(record.to_vec());
                    Ok(())
                };
                sequence.each(see).expect("read");
                assert!(seen == records, "{shelf:?}");
            }
            assert_eq!(sequence.count(), records.len());
        }
    }
}
