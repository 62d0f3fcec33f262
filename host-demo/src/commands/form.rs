//! `rules form`: a folder with the form for one pack, ready for any web server.

pub(crate) mod files;
pub(crate) mod page;

use crate::engine::session::{NotLoaded, Session, Sources};
use crate::engine::{Host, HostKind, Limits};
use crate::failure::{Failure, Outcome};
use page::{About, Around};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// The options of `rules form`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The pack: its folder, or its pack.json
    pack: PathBuf,
    /// The folder to write; it is made if need be, and files of an earlier run are replaced
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Where the folder will stand on your web server, for the lines that you paste into other pages
    #[arg(long, value_name = "ADDRESS")]
    address: Option<String>,
    /// The language to show the pack in; where it has no such text, English is shown
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    language: String,
    /// How people get help where the form cannot start, in a sentence or two
    #[arg(long, value_name = "TEXT")]
    help_text: Option<String>,
    /// Take the GOV.UK Design System's style sheet from here instead of from npm's folder
    #[arg(long, value_name = "FILE")]
    styles: Option<PathBuf>,
}

/// Writes the folder.
pub(crate) fn run(arguments: &Arguments) -> Outcome<ExitCode> {
    let path = document_in(&arguments.pack);
    let document = std::fs::read_to_string(&path).map_err(|error| Failure::reading(&path, &error))?;
    let files = files::files(arguments.styles.as_deref())?;
    let limits = Limits { memory: 256 << 20, engines: 1 };
    let host = Arc::new(Host::open(HostKind::Native, limits)?);
    match Session::open(host, Arc::new(Sources { pack: document.clone(), mapping: None })) {
        Ok(_) => {}
        Err(NotLoaded::Failure(failure)) => return Err(failure),
        Err(NotLoaded::Pack(faults) | NotLoaded::Mapping(faults)) => {
            return Err(Failure::new(format!("the pack has {} faults, so no form was written", faults.len()))
                .help(format!("see them with: rules lint {}", arguments.pack.display())));
        }
    }
    let about = About::read(&document, &arguments.language, files::sha256(document.as_bytes()));
    write(arguments, &document, &about, &files)?;
    let out = arguments.out.display();
    println!("Written: the form for {} version {} in {out}", about.id, about.version);
    println!("Read {out}/README.md: it says how to publish the folder, and how to put the form into a page of your own site.");
    Ok(ExitCode::SUCCESS)
}

fn write(arguments: &Arguments, document: &str, about: &About, files: &[files::File]) -> Outcome<()> {
    let out = &arguments.out;
    let asked = if about.authority.is_empty() { "the council" } else { &about.authority };
    let help = arguments.help_text.clone().unwrap_or_else(|| format!("Please ask {asked} to answer the questions with you."));
    let base = arguments.address.as_ref().map_or_else(|| format!("/rules/{}/", about.id), |address| format!("{}/", address.trim_end_matches('/')));
    let beside = Around { base: "", pack: "pack.json", help: &help };
    let elsewhere = Around { base: &base, pack: &format!("{base}pack.json"), help: &help };

    std::fs::create_dir_all(out).map_err(|error| Failure::writing(&format!("`{}`", out.display()), &error))?;
    let put = |name: &str, bytes: &[u8]| {
        let path = out.join(name);
        std::fs::write(&path, bytes).map_err(|error| Failure::writing(&format!("`{}`", path.display()), &error))
    };
    for file in files {
        put(file.name, &file.bytes)?;
    }
    put("pack.json", document.as_bytes())?;
    put("index.html", page::page(about, &beside, files).as_bytes())?;
    put("snippet.html", page::snippet(about, &elsewhere, files).as_bytes())?;
    put("README.md", page::read_me(about, &elsewhere, files).as_bytes())
}

/// The document of a pack that is named by its folder or by the file itself.
fn document_in(pack: &Path) -> PathBuf {
    if pack.is_dir() { pack.join("pack.json") } else { pack.to_path_buf() }
}
