//! The packs that the server holds. Every look compares the file with what was read last, so a changed pack is taken up by the very next request; a pack with
//! faults is refused, and the last good one stays in its place.

use crate::commands::form::files;
use crate::commands::form::page::About;
use crate::engine::session::{NotLoaded, Session, Sources};
use crate::engine::{Host, MODULE_SHA256};
use crate::failure::{Failure, Outcome};
use crate::findings::{self, Finding};
use crate::{packs, terminal};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A folder of packs, and the engines that decide by them.
pub(crate) struct Shelf {
    folder: PathBuf,
    host: Arc<Host>,
    /// How many engines may wait with a pack loaded.
    idle: usize,
    packs: Mutex<BTreeMap<String, Kept>>,
    engines: Mutex<Vec<(Arc<Pack>, Session)>>,
}

/// What is known of one pack.
#[derive(Default)]
struct Kept {
    /// Where its file lies.
    path: PathBuf,
    /// The file's bytes when it was read last.
    seen: Option<Vec<u8>>,
    good: Option<Arc<Pack>>,
    faults: Vec<String>,
}

/// A pack that the engine has accepted.
pub(crate) struct Pack {
    pub(crate) about: About,
    /// The document as it was read, to the byte.
    pub(crate) document: String,
}

/// A pack as it stands now.
#[derive(Clone)]
pub(crate) struct Found {
    /// The name of its folder, by which addresses name it.
    pub(crate) name: String,
    /// The last good one.
    pub(crate) pack: Option<Arc<Pack>>,
    /// Why the file as it is now is refused: a line for each fault; none when it is the one that serves.
    pub(crate) faults: Vec<String>,
}

impl Shelf {
    /// A shelf over a folder with packs at any depth, or over the folder of a single one.
    pub(crate) fn open(folder: &Path, host: Arc<Host>, idle: usize) -> Outcome<Self> {
        if !folder.is_dir() {
            return Err(Failure::new(format!("there is no folder `{}`", folder.display()))
                .help("name the folder of the packs with --packs, or run the command where rule-packs is"));
        }
        let folder = folder.canonicalize().map_err(|error| Failure::reading(folder, &error))?;
        let mut names: Vec<String> = packs::documents(&folder)?.iter().filter_map(|path| name_of(path)).collect();
        names.sort();
        if let Some(name) = names.windows(2).find(|pair| pair.first() == pair.last()).and_then(<[_]>::first) {
            return Err(Failure::new(format!(
                "two packs lie in folders of the name `{name}`, by which a form is found"
            ))
            .help("give one of the folders another name"));
        }
        Ok(Self { folder, host, idle, packs: Mutex::default(), engines: Mutex::default() })
    }

    /// All packs by name.
    pub(crate) fn all(&self) -> Vec<Found> {
        let mut names: Vec<String> = self.documents().iter().filter_map(|path| name_of(path)).collect();
        names.sort();
        names.dedup();
        names.iter().filter_map(|name| self.find(name)).collect()
    }

    /// A pack by the name of its folder, as its file is now.
    pub(crate) fn find(&self, name: &str) -> Option<Found> {
        let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
        if name.is_empty() || !name.chars().all(plain) {
            return None;
        }
        let mut packs = lock(&self.packs);
        let known = packs.get(name).map(|kept| kept.path.clone());
        let path = match known.filter(|path| path.is_file()) {
            Some(path) => path,
            None => {
                let found = self.documents().into_iter().find(|path| name_of(path).as_deref() == Some(name));
                found.or_else(|| packs.get(name).map(|kept| kept.path.clone()))?
            }
        };
        match std::fs::read(&path) {
            Ok(bytes) => {
                let kept = packs.entry(name.to_owned()).or_default();
                kept.path = path;
                if kept.seen.as_ref() != Some(&bytes) {
                    self.take_up(name, kept, bytes);
                }
            }
            // A file that is being replaced is away for a moment, so the last good pack stays; one that never was is none.
            Err(error) => {
                let kept = packs.get_mut(name)?;
                kept.seen = None;
                kept.faults = vec![format!("the file cannot be read: {error}")];
            }
        }
        let kept = packs.get(name)?;
        Some(Found { name: name.to_owned(), pack: kept.good.clone(), faults: kept.faults.clone() })
    }

    fn take_up(&self, name: &str, kept: &mut Kept, bytes: Vec<u8>) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match self.session(&text) {
            Ok(session) => {
                let about = About::read(&text, "en", files::sha256(&bytes));
                terminal::say(&format!("{name}: version {} is served, SHA-256 {}", about.version, about.sha256));
                let pack = Arc::new(Pack { about, document: text });
                self.put_back(&pack, session);
                (kept.seen, kept.good, kept.faults) = (Some(bytes), Some(pack), Vec::new());
            }
            Err(not_loaded) => {
                kept.faults = lines(not_loaded);
                kept.seen = Some(bytes);
                let instead = kept.good.as_ref().map(|good| format!("version {} keeps serving", good.about.version));
                let instead = instead.as_deref().unwrap_or("there is no earlier one to serve");
                terminal::say(&format!("{name}: refused, {instead}\n  {}", kept.faults.join("\n  ")));
            }
        }
    }

    /// Asks an engine that has loaded the pack; `request` is told the handle of the pack.
    pub(crate) fn ask(&self, pack: &Arc<Pack>, request: impl Fn(u32) -> String) -> Outcome<String> {
        let waiting = {
            let mut engines = lock(&self.engines);
            let found = engines.iter().position(|(loaded, _)| Arc::ptr_eq(loaded, pack));
            found.map(|place| engines.swap_remove(place).1)
        };
        let mut session = match waiting {
            Some(session) => session,
            None => self.session(&pack.document).map_err(|fault| Failure::new(lines(fault).join("; ")))?,
        };
        let answer = session.call_text(&request(session.pack()))?;
        self.put_back(pack, session);
        Ok(answer)
    }

    fn session(&self, document: &str) -> Result<Session, NotLoaded> {
        let sources = Sources { pack: document.to_owned(), mapping: None, language: None };
        Session::open(Arc::clone(&self.host), Arc::new(sources))
    }

    fn put_back(&self, pack: &Arc<Pack>, session: Session) {
        let mut engines = lock(&self.engines);
        if engines.len() >= self.idle {
            engines.remove(0);
        }
        engines.push((Arc::clone(pack), session));
    }

    /// The documents of all packs as they lie there now.
    fn documents(&self) -> Vec<PathBuf> {
        packs::documents(&self.folder).unwrap_or_default()
    }
}

/// The name of the folder that a pack's document lies in.
fn name_of(document: &Path) -> Option<String> {
    document.parent()?.file_name()?.to_str().map(str::to_owned)
}

/// The digest of the engine that the shelf decides with.
pub(crate) const ENGINE: &str = MODULE_SHA256;

/// One line for each reason why a pack was not loaded.
fn lines(not_loaded: NotLoaded) -> Vec<String> {
    match not_loaded {
        NotLoaded::Failure(failure) => vec![failure.to_string()],
        NotLoaded::Pack(faults) | NotLoaded::Mapping(faults) => findings::read(&faults).iter().map(line).collect(),
    }
}

fn line(finding: &Finding) -> String {
    let Finding { code, message, help, line, column, .. } = finding;
    let help = help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    format!("line {line}, column {column}: {message}{help} [{code}]")
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
