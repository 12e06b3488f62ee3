//! Replacing a file whole: whoever reads it sees the old content or the new, never half of it.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use super::StoreError;

/// Writes `content` to `path`: a temporary file beside it, synced, renamed over it, the directory synced.
///
/// After a crash at any moment the path holds the old content or the new one, whole.
pub fn write_whole(path: &Path, content: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), StoreError> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tribune-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).map_or(0o666, |old| old.permissions().mode());
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    let mut temporary = builder.tempfile_in(directory).map_err(StoreError::io(path, "write it"))?;
    let written = (|| {
        let mut buffer = std::io::BufWriter::new(temporary.as_file_mut());
        content(&mut buffer)?;
        buffer.flush()?;
        drop(buffer);
        temporary.as_file().sync_data()
    })();
    written.map_err(StoreError::io(path, "write it"))?;
    temporary.persist(path).map_err(|error| StoreError::io(path, "replace it")(error.error))?;
    sync_directory(directory)
}

/// Makes sure that names just created or renamed in `directory` survive a power cut.
pub(super) fn sync_directory(directory: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        let opened = File::open(directory).and_then(|directory| directory.sync_all());
        opened.map_err(StoreError::io(directory, "sync it"))?;
    }
    Ok(())
}
