//! The compiled module on disk, so that only the first run after an update compiles it.
//!
//! Loading a compiled module runs what stands in it. So a file is loaded only when this user owns it and nobody else
//! may write it, and when its digest shows that it is whole; in every other case it is made again. The name holds the
//! digest of the WebAssembly file and the hash of everything in wasmtime's settings and version that the compiled code
//! depends on: a new engine or a new wasmtime never meets an old file.
//!
//! A cache that cannot be read or written is not a fault: the module is then compiled each time.

use crate::failure::{Failure, Outcome};
use sha2::{Digest, Sha256};
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use wasmtime::{Engine, Module};

const DIGEST_BYTES: usize = 32;

/// The module, compiled now or before.
pub(crate) fn compiled(engine: &Engine, file: &[u8], sha256: &str) -> Outcome<Module> {
    compiled_in(folder().as_deref(), engine, file, sha256)
}

fn compiled_in(folder: Option<&Path>, engine: &Engine, file: &[u8], sha256: &str) -> Outcome<Module> {
    let place = folder.map(|folder| folder.join(name(engine, sha256)));
    if let Some(module) = place.as_deref().and_then(|place| load(engine, place)) {
        return Ok(module);
    }
    let code = engine
        .precompile_module(file)
        .map_err(|error| Failure::new(format!("the WebAssembly file cannot be compiled: {error:#}")))?;
    if let Some(place) = &place {
        // The next run compiles again; there is nothing to tell anybody.
        let _ = store(place, &code);
    }
    deserialize(engine, &code)
        .ok_or_else(|| Failure::new("the WebAssembly file compiled to something that does not load"))
}

/// `$XDG_CACHE_HOME/rules`, or `.cache/rules` in the home folder.
fn folder() -> Option<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| std::env::home_dir().filter(|home| home.is_absolute()).map(|home| home.join(".cache")))?;
    Some(cache.join("rules"))
}

fn name(engine: &Engine, sha256: &str) -> String {
    let mut hasher = Stable(Sha256::new());
    engine.precompile_compatibility_hash().hash(&mut hasher);
    let settings = hasher.0.finalize();
    let settings: String = settings.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{sha256}-{settings}.compiled")
}

/// The digest of the compiled code, then the code.
fn load(engine: &Engine, place: &Path) -> Option<Module> {
    let mut file = fs::File::open(place).ok()?;
    if !(is_ours(&file.metadata().ok()?) && is_ours(&fs::symlink_metadata(place.parent()?).ok()?)) {
        return None;
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).ok()?;
    let (digest, code) = bytes.split_at_checked(DIGEST_BYTES)?;
    if Sha256::digest(code).as_slice() != digest {
        return None;
    }
    deserialize(engine, code)
}

#[allow(unsafe_code, reason = "wasmtime loads compiled code only on the caller's word that it is its own")]
fn deserialize(engine: &Engine, code: &[u8]) -> Option<Module> {
    // SAFETY: the bytes come from `precompile_module` in this program: either just now, or from a file that only this
    // user can write, whose name ties it to this engine and whose digest shows that it is as it was written.
    unsafe { Module::deserialize(engine, code) }.ok()
}

/// Written under another name and then renamed, so that nobody ever finds half a file.
fn store(place: &Path, code: &[u8]) -> std::io::Result<()> {
    let folder = place.parent().unwrap_or(Path::new("."));
    make_folder(folder)?;
    let temporary = place.with_extension(format!("{}.partial", std::process::id()));
    let written = new_file(&temporary).and_then(|mut file| {
        file.write_all(&Sha256::digest(code))?;
        file.write_all(code)?;
        file.sync_all()
    });
    let renamed = written.and_then(|()| fs::rename(&temporary, place));
    if renamed.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    forget_old(folder);
    renamed
}

/// Takes away what was compiled long ago, for engines that are no longer there. What is still in use is made again.
fn forget_old(folder: &Path) {
    const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        let ours = file.path().extension().is_some_and(|extension| extension == "compiled" || extension == "partial");
        let written = file.metadata().and_then(|about| about.modified()).ok();
        if ours && written.and_then(|written| written.elapsed().ok()).is_some_and(|age| age > KEPT) {
            let _ = fs::remove_file(file.path());
        }
    }
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(unix)]
fn new_file(path: &Path) -> std::io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn new_file(path: &Path) -> std::io::Result<fs::File> {
    fs::OpenOptions::new().write(true).create_new(true).open(path)
}

/// Whether a file or folder belongs to this user and can be written by nobody else.
#[cfg(unix)]
fn is_ours(about: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    let user = rustix::process::geteuid().as_raw();
    about.uid() == user && about.mode() & 0o022 == 0 && !about.is_symlink()
}

/// Elsewhere the cache lies in the user's own profile, which the system keeps from others.
#[cfg(not(unix))]
fn is_ours(_about: &fs::Metadata) -> bool {
    true
}

/// The standard hasher may differ between two builds of this program; this one does not.
struct Stable(Sha256);

impl Hasher for Stable {
    fn finish(&self) -> u64 {
        let digest = self.0.clone().finalize();
        digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::compiled_in;
    use std::error::Error;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::{Path, PathBuf};
    use std::time::{Duration, SystemTime};
    use wasmtime::{Engine, Module};

    fn compile(folder: &Path) -> Result<Module, Box<dyn Error>> {
        let file = wat::parse_str("(module (func (export \"seven\") (result i32) (i32.const 7)))")?;
        compiled_in(Some(folder), &Engine::default(), &file, "digest").map_err(|failure| failure.to_string().into())
    }

    fn compiled_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
        fs::read_dir(folder)?.map(|file| Ok(file?.path())).collect()
    }

    #[test]
    fn a_compiled_module_is_loaded_only_when_it_is_whole_and_ours() -> Result<(), Box<dyn Error>> {
        let above = tempfile::tempdir()?;
        let folder = above.path().join("rules");
        compile(&folder)?;
        let files = compiled_files(&folder)?;
        let [file] = files.as_slice() else { return Err("there is one file".into()) };
        let whole = fs::read(file)?;

        // An old time stamp tells whether a file was made again.
        let long_ago = SystemTime::now() - Duration::from_secs(1_000);
        let made_again = |wrong: &[u8], mode: u32| -> Result<bool, Box<dyn Error>> {
            fs::write(file, wrong)?;
            fs::set_permissions(file, fs::Permissions::from_mode(mode))?;
            fs::File::options().write(true).open(file)?.set_modified(long_ago)?;
            compile(&folder)?;
            let about = fs::metadata(file)?;
            assert_eq!(fs::read(file)?, whole);
            Ok(about.modified()? > long_ago && about.permissions().mode() & 0o777 == 0o600)
        };
        assert!(!made_again(&whole, 0o600)?, "a file that is whole and ours is loaded");
        let mut damaged = whole.clone();
        if let Some(byte) = damaged.last_mut() {
            *byte ^= 1;
        }
        assert!(made_again(&damaged, 0o600)?);
        assert!(made_again(whole.get(..100).unwrap_or_default(), 0o600)?);
        assert!(made_again(&[], 0o600)?);
        assert!(made_again(&whole, 0o666)?, "what anybody may write is not loaded");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777))?;
        assert!(made_again(&whole, 0o600)?, "nor what lies where anybody may write");
        Ok(())
    }

    #[test]
    fn a_cache_that_cannot_be_written_is_no_fault() -> Result<(), Box<dyn Error>> {
        compile(Path::new("/dev/null/rules"))?;
        Ok(())
    }

    #[test]
    fn what_was_compiled_long_ago_goes() -> Result<(), Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let old = folder.path().join("of-an-old-engine.compiled");
        fs::write(&old, "x")?;
        let months_ago = SystemTime::now() - Duration::from_secs(90 * 24 * 60 * 60);
        fs::File::options().write(true).open(&old)?.set_modified(months_ago)?;
        compile(folder.path())?;
        assert!(!old.exists());
        assert_eq!(compiled_files(folder.path())?.len(), 1);
        Ok(())
    }
}
