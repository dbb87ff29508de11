//! A folder whose small files carry a checksum.
//!
//! tantivy puts a checksum at the end of every segment file, but none into `meta.json` and
//! `.managed.json`. A flipped bit there could bring deleted services back or hide a segment
//! from checking, so these are sealed here.

use std::io;
use std::path::Path;
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// A newline and 16 hexadecimal digits.
const SEAL: usize = 17;
/// The shortest end of a segment file; tantivy panics on one of 4 to 7 bytes.
const SHORTEST_FILE: usize = 8;

/// An [`MmapDirectory`] with sealed small files.
#[derive(Clone, Debug)]
pub(crate) struct SealedDirectory(pub(crate) MmapDirectory);

impl Directory for SealedDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let file = self.0.get_file_handle(path)?;
        if file.len() < SHORTEST_FILE {
            return Err(damaged(path, "the file is cut short"));
        }
        Ok(file)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.0.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.0.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        unseal(self.0.atomic_read(path)?)
            .ok_or_else(|| damaged(path, "its checksum does not match"))
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.0.atomic_write(path, &seal(data))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.0.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.0.acquire_lock(lock)
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(watch_callback)
    }
}

fn damaged(path: &Path, reason: &str) -> OpenReadError {
    let error = io::Error::new(io::ErrorKind::InvalidData, reason);
    OpenReadError::wrap_io_error(error, path.to_path_buf())
}

fn seal(data: &[u8]) -> Vec<u8> {
    let mut sealed = data.to_vec();
    sealed.extend_from_slice(format!("\n{:016x}", checksum(data)).as_bytes());
    sealed
}

fn unseal(mut sealed: Vec<u8>) -> Option<Vec<u8>> {
    let length = sealed.len().checked_sub(SEAL)?;
    let end = sealed.split_off(length);
    let expect = format!("\n{:016x}", checksum(&sealed));
    (end == expect.as_bytes()).then_some(sealed)
}

/// FNV-1a, 64 bits (G. Fowler, L. C. Noll, K.-P. Vo). Each step is reversible, so one changed
/// byte always changes the sum; it guards against accidents and not against forgers.
pub(crate) fn checksum(data: &[u8]) -> u64 {
    data.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::{checksum, seal, unseal};

    #[test]
    fn the_checksum_is_the_published_one() {
        assert_eq!(checksum(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn what_was_sealed_comes_back() {
        assert_eq!(unseal(seal(b"{}")).as_deref(), Some(&b"{}"[..]));
    }

    #[test]
    fn any_flipped_bit_or_cut_is_seen() {
        let sealed = seal(b"{\"segments\":[]}");
        for at in 0..sealed.len() {
            for bit in 0..8 {
                let mut flipped = sealed.clone();
                flipped[at] ^= 1 << bit;
                assert_eq!(unseal(flipped), None);
            }
            assert_eq!(unseal(sealed[..at].to_vec()), None);
        }
    }
}
