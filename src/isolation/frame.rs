//! What two processes say to each other, in one piece each: bytes in, their length and the bytes out, and back.

use std::io::{self, Read, Write};

/// Writes a piece.
pub(super) fn write(out: &mut impl Write, piece: &[u8]) -> io::Result<()> {
    out.write_all(&(piece.len() as u64).to_le_bytes())?;
    out.write_all(piece)
}

/// Reads a piece; none where the other side has closed.
pub(super) fn read(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = Vec::with_capacity(size_of::<u64>());
    from.take(size_of::<u64>() as u64).read_to_end(&mut length)?;
    if length.is_empty() {
        return Ok(None);
    }
    let length = u64::from_le_bytes(length.try_into().map_err(|_| io::ErrorKind::UnexpectedEof)?);
    // Its length is a promise only: where there is no room for it, what comes of it is read all the same.
    let mut piece = Vec::new();
    let _ = piece.try_reserve_exact(usize::try_from(length).unwrap_or(0));
    if from.take(length).read_to_end(&mut piece)? as u64 == length {
        Ok(Some(piece))
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_back_one_by_one() {
        let mut bytes = Vec::new();
        for piece in [b"some 7,900".as_slice(), b"", b"6,354"] {
            write(&mut bytes, piece).expect("memory");
        }
        let mut from = bytes.as_slice();
        let mut next = || read(&mut from).expect("whole pieces");
        assert_eq!(next().as_deref(), Some(&b"some 7,900"[..]));
        assert_eq!(next().as_deref(), Some(&b""[..]));
        assert_eq!(next().as_deref(), Some(&b"6,354"[..]));
        assert_eq!(next(), None);
    }

    #[test]
    fn a_piece_that_is_cut_off_is_no_piece() {
        let mut bytes = Vec::new();
        write(&mut bytes, b"some 7,900").expect("memory");
        for length in 1..bytes.len() {
            assert!(read(&mut &bytes[..length]).is_err(), "cut at {length}");
        }
        assert!(read(&mut [0xff; 100].as_slice()).is_err(), "more is promised than there is memory");
    }
}
