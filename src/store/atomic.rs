//! Replacing a file whole: whoever reads it sees the old content or the new, never half of it.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::StoreError;
use super::seen::{Seen, Watched};

/// Writes `content` to `path`: a temporary file beside it, synced, renamed over it, the directory synced.
///
/// After a crash at any moment the path holds the old content or the new one, whole.
pub fn write_whole(path: &Path, content: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), StoreError> {
    write_checked(path, content, || Ok(())).map(drop)
}

/// The same, unless `check`, made at the last moment, finds that the file must not be replaced; returns what was seen of it.
pub(super) fn write_checked(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    check: impl FnOnce() -> Result<(), StoreError>,
) -> Result<Seen, StoreError> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tribune-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut temporary = builder.tempfile_in(directory).map_err(StoreError::io(path, "write it"))?;
    if let Ok(old) = fs::metadata(path) {
        temporary.as_file().set_permissions(old.permissions()).map_err(StoreError::io(path, "write it"))?;
    }
    let written = (|| {
        let mut buffer = std::io::BufWriter::new(temporary.as_file_mut());
        let mut watched = Watched::new(&mut buffer);
        content(&mut watched)?;
        let fingerprint = watched.fingerprint();
        buffer.flush()?;
        drop(buffer);
        temporary.as_file().sync_data()?;
        Ok(fingerprint)
    })();
    let fingerprint = written.map_err(StoreError::io(path, "write it"))?;
    check()?;
    let file = temporary.persist(path).map_err(|error| StoreError::io(path, "replace it")(error.error))?;
    sync_directory(directory)?;
    Ok(Seen::written(&file, fingerprint))
}

/// Makes sure that names just created or renamed in `directory` survive a power cut, where the file system can do that.
pub(super) fn sync_directory(directory: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        match File::open(directory).and_then(|directory| directory.sync_all()) {
            Err(error) if !matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => {
                return Err(StoreError::io(directory, "sync it")(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether the name `path` still leads to `file`: another program may have removed or replaced it since it was opened.
pub(super) fn is_still_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let identity = |data: fs::Metadata| (data.dev(), data.ino());
        file.metadata().is_ok_and(|own| fs::metadata(path).is_ok_and(|named| identity(own) == identity(named)))
    }
    #[cfg(not(unix))]
    {
        file.metadata().is_ok() && path.exists()
    }
}
