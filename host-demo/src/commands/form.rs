//! `rules form`: a folder with the form for one pack, ready for any web server.

pub(crate) mod files;
pub(crate) mod page;
mod styles;
mod words;

use crate::engine::{Host, HostKind, Limits, NO_TIME_ZONES, TIME_ZONES_FILE};
use crate::failure::{Failure, Outcome};
use crate::packs::{self, PackFile};
use crate::{Ending, terminal};
use clap::Args;
use page::{About, Around};
use rules_core::RuleSet;
use std::path::PathBuf;
use std::sync::Arc;

/// Write the form for a pack as a folder for any web server
///
/// The folder holds the page, its script and style sheet, the engine as one WebAssembly file, and the pack. The form
/// decides in the browser of whoever fills it in: the web server only hands out files, and no answer ever reaches it.
/// README.md in the folder says how to publish it and how to put the form into a page of your own site.
#[derive(Args)]
pub(crate) struct Form {
    /// Folder of the pack, or its pack.json
    pack: PathBuf,
    /// The folder to write; it is made if need be, and files of an earlier run are replaced
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Where the folder will stand on your web server, for the lines that you paste into other pages
    /// [default: /rules/ and the pack's id]
    #[arg(long, value_name = "ADDRESS")]
    address: Option<String>,
    /// The language to show the pack in; where it has no such text, English is shown
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    language: String,
    /// How people get help where the form cannot start, in a sentence or two
    #[arg(long, value_name = "TEXT")]
    help_text: Option<String>,
}

impl Form {
    pub(crate) fn run(self) -> Outcome<Ending> {
        let pack = PackFile::read(&self.pack)?;
        let mut files = files::files()?;
        let host = Host::open(HostKind::Native, Limits { memory: 0, engines: 1, fuel: 0 })?;
        packs::open(&Arc::new(host), &pack, None)?;
        // An engine without the time zones says whether the pack needs them.
        let names_zones = RuleSet::lint(&pack.text).iter().any(|found| found.code.id == NO_TIME_ZONES);
        files.retain(|file| names_zones || file.name != TIME_ZONES_FILE);
        let about = About::read(&pack.text, &self.language, files::sha256(pack.text.as_bytes()));
        write(&self, &pack.text, &about, &files)?;
        let out = self.out.display();
        terminal::print(&format!(
            "The form for {} version {} is in {out}. How to publish it: {out}/README.md",
            about.id, about.version
        ))?;
        Ok(Ending::Done)
    }
}

fn write(arguments: &Form, document: &str, about: &About, files: &[files::File]) -> Outcome<()> {
    let out = &arguments.out;
    let asked = if about.authority.is_empty() { "the council" } else { &about.authority };
    let help =
        arguments.help_text.clone().unwrap_or_else(|| format!("Please ask {asked} to answer the questions with you."));
    let base = arguments
        .address
        .as_ref()
        .map_or_else(|| format!("/rules/{}/", about.id), |address| format!("{}/", address.trim_end_matches('/')));
    let page_in = |language: &str| match language == about.language {
        true => "index.html".to_owned(),
        false => format!("index.{language}.html"),
    };
    let beside = Around { base: "", pack: "pack.json", help: &help, in_language: Some(&page_in) };
    let elsewhere = Around { base: &base, pack: &format!("{base}pack.json"), help: &help, in_language: None };

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
    if let Some(other) = about.other {
        let about = About::read(document, other.language, about.sha256.clone());
        put(&page_in(other.language), page::page(&about, &beside, files).as_bytes())?;
    }
    put("snippet.html", page::snippet(about, &elsewhere, files).as_bytes())?;
    put("README.md", page::read_me(about, &elsewhere, files).as_bytes())
}
